import { existsSync } from 'node:fs';
import { CoreV1Api, KubeConfig, VersionApi } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';

describe('control plane', () => {
  let controlPlane: ControlPlane;

  beforeAll(async () => {
    controlPlane = await startControlPlane();
  });

  afterAll(async () => {
    await controlPlane.stop();
    expect(existsSync(controlPlane.directory)).toBe(false);
  });

  it('says which Kubernetes it is', async () => {
    const version = await controlPlane.admin.makeApiClient(VersionApi).getCode();
    expect(version.gitVersion).toMatch(/^v1\.\d+\.\d+/);
  });

  it('has controllers at work, and gives a ServiceAccount its rights and no more', async () => {
    const core = controlPlane.admin.makeApiClient(CoreV1Api);
    await core.createNamespace({ body: { metadata: { name: 'tokens' } } });
    const find = () =>
      core.readNamespacedServiceAccount({ name: 'default', namespace: 'tokens' }).catch(() => undefined);
    await waitFor(find, { timeoutMs: 10_000, describe: () => 'no ServiceAccount made by the controller' });

    const config = new KubeConfig();
    config.loadFromString(await controlPlane.kubeconfigFor('tokens', 'default'));
    await expect(
      config.makeApiClient(CoreV1Api).listNamespacedPod({ namespace: 'tokens' }),
    ).rejects.toMatchObject({
      code: 403,
      body: expect.stringContaining('system:serviceaccount:tokens:default'),
    });
  });
});
