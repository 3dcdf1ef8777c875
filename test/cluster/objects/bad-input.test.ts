import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CoreV1Api, RbacAuthorizationV1Api } from '@kubernetes/client-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ClusterFleet, startClusterFleet } from '../testing/cluster-fleet.ts';
import { type Audit, isWrite, startAudit } from './audit.ts';

const operator = 'system:serviceaccount:default:operator';

let audit: Audit;
let fleet: ClusterFleet;
const configs = new Map<string, string>();

beforeAll(async () => {
  audit = await startAudit();
  fleet = await startClusterFleet(audit.args);
  for (const [name, role] of [
    ['operator', 'cluster-admin'],
    ['viewer', 'view'],
  ] as const) {
    configs.set(name, await makeAccount(name, role));
  }
});

afterAll(async () => {
  await fleet?.end();
  await audit.end();
});

const overlay = () => join(fleet.folder, 'shards/eu-1/kustomization.yaml');
let before: string;
beforeEach(async () => {
  before = await readFile(overlay(), 'utf8');
});
afterEach(() => writeFile(overlay(), before));

const apply = ['apply', 'eu-1'];
const monitoring = '  - ../../../../components/monitoring\nlabels:';

describe('nothing is applied', () => {
  it.each([
    [
      'of an overlay with a wrong key, which is shown',
      apply,
      (text: string) => text.replace('labels:', 'lables:'),
      /shards\/eu-1\/kustomization\.yaml:\d+:1: unknown setting "lables"/,
    ],
    [
      'of an overlay with a wrong value, which is shown',
      apply,
      (text: string) => text.replace(/BRIDGES=.*/, 'BRIDGES=many'),
      /shards\/eu-1\/kustomization\.yaml:\d+:\d+: BRIDGES: MIN\.\.MAX is expected, as in 2\.\.8; found "many"/,
    ],
    [
      'while the passwords are missing, and it is said how to make them',
      apply,
      (text: string) => text,
      /Secret jitsi-eu-1\/shard-passwords.* is not there: `usher secrets create eu-1` makes it/,
    ],
    [
      'to a cluster without an API that is needed, which is named',
      apply,
      (text: string) => text.replace('labels:', monitoring),
      /\(Kubernetes v1\.\d+\.\d+\) lacks what is needed\n {2}\w+ jitsi-eu-1\/\w+: there is no \w+ of monitoring\.coreos\.com\/v1/,
    ],
    [
      'of a shard whose name is no DNS label',
      ['shard', 'add', 'Eu_2', '--region', 'eu', '--bridges', '1..2', '--apply'],
      (text: string) => text,
      /Eu_2/,
    ],
  ])('%s', async (_, words, change, message) => {
    await writeFile(overlay(), change(before));
    const { code, stdout, stderr } = await ask('operator', words);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect((await audit.of(operator)).filter(isWrite)).toEqual([]);
  });

  it('of shards that share a host port: both places are shown', async () => {
    const add = ['shard', 'add', 'eu-2', '--region', 'eu', '--bridges', '1..2'];
    expect(await ask('operator', add)).toMatchObject({ code: 0 });
    const second = join(fleet.folder, 'shards/eu-2/kustomization.yaml');
    await writeFile(second, (await readFile(second, 'utf8')).replace(/JVB_PORT=\d+/, 'JVB_PORT=10000'));
    const { code, stderr } = await ask('operator', ['apply']);
    expect(stderr).toMatch(
      /eu-2\/kustomization\.yaml:\d+:\d+: JVB_PORT: 10000 .*eu-1\/kustomization\.yaml:\d+:\d+/,
    );
    expect(code).toBe(2);
    expect((await audit.of(operator)).filter(isWrite)).toEqual([]);
  });

  it('by who may not: each verb that is forbidden is named', async () => {
    await writeFile(
      join(fleet.folder, 'kustomization.yaml'),
      'resources:\n  - shards/eu-1\n  - shards/eu-2\n',
    );
    await writeFile(
      join(fleet.folder, 'shards/eu-2/kustomization.yaml'),
      before.replaceAll('eu-1', 'eu-2').replace('10000', '10001'),
    );
    const { code, stderr } = await ask('viewer', apply);
    expect(stderr).toContain('  forbidden: patch deployments.apps in namespace jitsi-eu-1\n');
    expect(stderr).toContain('  forbidden: create namespaces\n');
    expect(code).toBe(2);
    expect((await audit.of('system:serviceaccount:default:viewer')).filter(isWrite)).toEqual([]);
  });

  it('until all is in order: then it is, and the audit log shows it', async () => {
    expect(await ask('operator', ['secrets', 'create', 'eu-1'])).toMatchObject({ code: 0 });
    expect(await ask('operator', apply)).toMatchObject({ code: 0 });
    const written = (await audit.of(operator)).filter(isWrite).map(({ objectRef }) => objectRef?.resource);
    expect(written).toEqual(expect.arrayContaining(['namespaces', 'secrets', 'statefulsets', 'deployments']));
  });
});

/** Runs a command line as a program, by that ServiceAccount's rights. */
async function ask(account: string, words: readonly string[]) {
  const standing = process.env.KUBECONFIG;
  process.env.KUBECONFIG = configs.get(account);
  const running = fleet.start(...words);
  process.env.KUBECONFIG = standing;
  return running.outcome;
}

/** The path of a kubeconfig for a new ServiceAccount with that ClusterRole. */
async function makeAccount(name: string, role: string): Promise<string> {
  const { admin } = fleet.controlPlane;
  await expect
    .poll(() =>
      admin
        .makeApiClient(CoreV1Api)
        .createNamespacedServiceAccount({ namespace: 'default', body: { metadata: { name } } })
        .then(
          () => true,
          () => false,
        ),
    )
    .toBe(true);
  await admin.makeApiClient(RbacAuthorizationV1Api).createClusterRoleBinding({
    body: {
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', namespace: 'default', name }],
    },
  });
  const file = join(fleet.folder, '../../..', name);
  await writeFile(file, await fleet.controlPlane.kubeconfigFor('default', name), { mode: 0o600 });
  return file;
}
