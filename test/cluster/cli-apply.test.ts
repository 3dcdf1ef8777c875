import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { AppsV1Api, CoreV1Api, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCluster } from '../../cli/cluster/open-cluster.ts';
import { offerSecret } from '../../cli/secrets/offer-secret.ts';
import { type ClusterFleet, startClusterFleet } from './testing/cluster-fleet.ts';

let fleet: ClusterFleet;
let core: CoreV1Api;
let apps: AppsV1Api;
beforeAll(async () => {
  fleet = await startClusterFleet();
  core = fleet.controlPlane.admin.makeApiClient(CoreV1Api);
  apps = fleet.controlPlane.admin.makeApiClient(AppsV1Api);
});
afterAll(() => fleet?.end());

const overlay = () => join(fleet.folder, 'shards/eu-1/kustomization.yaml');
const ns = { namespace: 'jitsi-eu-1' };

/** Edits the overlay of eu-1 while `work` runs. */
async function withOverlay<T>(change: (text: string) => string, work: () => Promise<T>): Promise<T> {
  const before = await readFile(overlay(), 'utf8');
  await writeFile(overlay(), change(before));
  try {
    return await work();
  } finally {
    await writeFile(overlay(), before);
  }
}

async function namespaces(): Promise<string[]> {
  const { items } = await core.listNamespace();
  return items.map(({ metadata }) => metadata?.name ?? '').filter((name) => name.startsWith('jitsi-'));
}

// In their order: each goes on where the one before it ended.
describe('a shard and its cluster', () => {
  it('is refused whole while its passwords are missing, and the message says how to make them', async () => {
    const { code, stderr } = await fleet.run('apply', 'eu-1');
    expect(stderr).toMatch(
      /^usher: nothing was applied:\n {2}Secret jitsi-eu-1\/shard-passwords, which \S+ \S+ needs, is not there: `usher secrets create eu-1` makes it\n$/,
    );
    expect(code).toBe(2);
    expect(await namespaces()).toEqual([]);
  });

  it.each([
    [
      'a field that Kubernetes does not have',
      'template:\n          spec:\n            enableServiceLink: false',
      /StatefulSet jitsi-eu-1\/prosody: .*enableServiceLink/,
    ],
    ['a value that it refuses', 'replicas: -1', /StatefulSet .*replicas.*must be greater than or equal to 0/],
  ])('is refused whole for %s', async (_, spec, message) => {
    const patch = `\npatches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: StatefulSet\n      metadata: {name: prosody}\n      spec:\n        ${spec}\n`;
    const { code, stderr } = await withOverlay(
      (text) => text + patch,
      () => fleet.run('apply', 'eu-1'),
    );
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('default');
    expect(code).toBe(2);
    expect(await namespaces()).toEqual([]);
  });

  it('is refused whole when the cluster lacks an API, which is named with the cluster’s version', async () => {
    const monitor = '  - ../../../../components/monitoring\nlabels:';
    const { code, stderr } = await withOverlay(
      (text) => text.replace('labels:', monitor),
      () => fleet.run('apply', 'eu-1'),
    );
    expect(stderr).toMatch(
      /context "test" \(Kubernetes v1\.\d+\.\d+\) lacks .*\n {2}\w+Monitor .*monitoring.coreos.com\/v1/,
    );
    expect(code).toBe(2);
    expect(await namespaces()).toEqual([]);
  });

  it('gets its passwords once', async () => {
    const dry = await fleet.run('secrets', 'create', 'eu-1', '--dry-run');
    expect(dry.stdout).toBe(
      'would create Namespace jitsi-eu-1\nwould create Secret jitsi-eu-1/shard-passwords\n',
    );
    expect(await namespaces()).toEqual([]);
    expect(await fleet.run('secrets', 'create', 'eu-1')).toMatchObject({ code: 0 });
    const read = async () => (await core.readNamespacedSecret({ ...ns, name: 'shard-passwords' })).data;
    const first = await read();
    expect(Buffer.from(first?.JVB_AUTH_PASSWORD ?? '', 'base64').toString()).toMatch(/^[\w-]{32}$/);
    expect(first?.JVB_AUTH_PASSWORD).not.toBe(first?.JICOFO_AUTH_PASSWORD);
    expect(await fleet.run('secrets', 'create', 'eu-1')).toMatchObject({ code: 64 });
    expect(await read()).toEqual(first);
  });

  it('is offered them by whoever adds it on a terminal', async () => {
    const { signal } = new AbortController();
    const cluster = { context: undefined, namespace: 'usher' };
    const offer = async (answer: string, isTTY: boolean) => {
      const stdin = Object.assign(new PassThrough(), { isTTY });
      stdin.end(`${answer}\n`);
      const context = { folder: fleet.folder, cluster, signal, stdin, stderr: new PassThrough() };
      const made = await offerSecret('eu-1', await openCluster(context), context);
      return { made, asked: String(context.stderr.read() ?? '') };
    };
    expect(await offer('yes', true)).toEqual({ made: [], asked: '' });
    await core.deleteNamespacedSecret({ ...ns, name: 'shard-passwords' });
    expect(await offer('yes', false)).toEqual({ made: [], asked: '' });
    const asked = expect.stringContaining('eu-1 has no passwords in context "test" yet.');
    expect(await offer('no', true)).toEqual({ made: [], asked });
    expect(await offer('yes', true)).toEqual({ made: ['create Secret jitsi-eu-1/shard-passwords'], asked });
    await core.readNamespacedSecret({ ...ns, name: 'shard-passwords' });
  });

  it('is shown as it would be, and applied so', async () => {
    const diff = await fleet.run('diff', 'eu-1');
    expect(diff.code).toBe(1);
    expect(diff.stdout).toContain('create Deployment jitsi-eu-1/jvb\n');
    expect(diff.stdout).not.toContain('Namespace');
    const dry = await fleet.run('apply', 'eu-1', '--dry-run');
    expect(dry).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('would create Deployment jitsi-eu-1/jvb\n'),
    });
    const applied = await fleet.run('apply', 'eu-1', '--json');
    expect(applied).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Deployment jitsi-eu-1/jvb: created\n'),
    });
    expect(JSON.parse(applied.stdout)).toMatchObject({ changed: true });
    const { spec } = await apps.readNamespacedStatefulSet({ ...ns, name: 'prosody' });
    expect(spec?.replicas).toBe(1);
  });

  it('has nothing to change then, and the orchestrator’s own changes are none', async () => {
    const merge = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
    await apps.patchNamespacedDeploymentScale({ ...ns, name: 'jvb', body: { spec: { replicas: 3 } } }, merge);
    const body = { metadata: { annotations: { 'usher.dev/desired': 'draining' } } };
    await core.patchNamespacedConfigMap(
      { ...ns, name: 'shard', body, fieldManager: 'usher-orchestrator' },
      merge,
    );
    expect(await fleet.run('diff', 'eu-1')).toMatchObject({ code: 0, stdout: '' });
    expect(await fleet.run('apply', 'eu-1')).toMatchObject({ code: 64 });
    expect((await apps.readNamespacedDeployment({ ...ns, name: 'jvb' })).spec?.replicas).toBe(3);
  });

  it('shows the fields that differ, and no others', async () => {
    await withOverlay(
      (text) => text.replace('BRIDGES=2..8', 'BRIDGES=2..9'),
      async () => {
        const { code, stdout, stderr } = await fleet.run('diff', 'eu-1');
        expect(stdout).toContain(
          'change ConfigMap jitsi-eu-1/shard\n  - data.BRIDGES: "2..8"\n  + data.BRIDGES: "2..9"\n',
        );
        expect(stdout).not.toMatch(/generation|managedFields|resourceVersion|status/);
        expect({ code, stderr }).toEqual({
          code: 1,
          stderr: expect.stringMatching(/^usher: 2 objects of \d+ differ\n$/),
        });
        expect(JSON.parse((await fleet.run('diff', 'eu-1', '--json')).stdout)[1]).toMatchObject({
          object: 'ConfigMap jitsi-eu-1/shard',
          fields: [{ field: 'data.BRIDGES', live: '2..8', wanted: '2..9' }],
        });
      },
    );
  });

  it('names who set a field to another value, and takes it over only when told to', async () => {
    const merge = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
    const body = { data: { TZ: 'Europe/Berlin' } };
    await core.patchNamespacedConfigMap({ ...ns, name: 'shard', body, fieldManager: 'kubectl-edit' }, merge);
    const refused = await fleet.run('apply', 'eu-1');
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toMatch(
      /ConfigMap jitsi-eu-1\/shard: \.data\.TZ, set by kubectl-edit; --force-conflicts takes it over/,
    );
    expect((await fleet.run('diff', 'eu-1')).stdout).toContain('  ! .data.TZ, set by kubectl-edit\n');
    expect(await fleet.run('apply', 'eu-1', '--force-conflicts')).toMatchObject({
      code: 0,
      stdout: 'change ConfigMap jitsi-eu-1/shard\n',
    });
  });

  it('is refused whole to who may not, and every missing right is named', async () => {
    const kubeconfig = await fleet.controlPlane.kubeconfigFor('jitsi-eu-1', 'default');
    const file = join(fleet.folder, '../../../weak');
    await writeFile(file, kubeconfig, { mode: 0o600 });
    const admin = process.env.KUBECONFIG;
    process.env.KUBECONFIG = file;
    try {
      const { code, stderr } = await fleet.run('apply', 'eu-1');
      expect(stderr).toMatch(/^usher: nothing was applied:\n/);
      expect(stderr).toContain('  forbidden: patch deployments.apps in namespace jitsi-eu-1\n');
      expect(stderr).toContain('  forbidden: create namespaces\n');
      expect(code).toBe(2);
    } finally {
      process.env.KUBECONFIG = admin;
    }
  });
});

describe('what belongs to the whole fleet', () => {
  const credentials = async (namespace: string) =>
    (await core.readNamespacedSecret({ namespace, name: 'turn' })).data?.TURN_CREDENTIALS;

  it('gets its Secrets once, and a TURN server’s wherever it is needed', async () => {
    const { code, stderr } = await fleet.run('apply', '--dry-run');
    expect(stderr).toMatch(/Secret usher\/redis, .* is not there: `usher secrets create` makes it\n/);
    expect(code).toBe(2);
    expect(await fleet.run('secrets', 'create')).toMatchObject({
      code: 0,
      stdout: 'create Namespace usher\ncreate Secret usher/redis\n',
    });
    expect(await fleet.run('secrets', 'create')).toMatchObject({ code: 64 });

    const body = { metadata: { name: 'turn' }, stringData: { TURN_CREDENTIALS: 'of my own coturn' } };
    await core.createNamespacedSecret({ ...ns, body });
    const env = join(fleet.folder, 'env/kustomization.yaml');
    const turn = '      - TURN_HOST=turn.example.org\ncomponents:\n  - ../../../components/turn\n';
    await appendFile(env, turn);
    const list = join(fleet.folder, 'kustomization.yaml');
    const before = await readFile(list, 'utf8');
    await writeFile(list, before.replace('  - usher\n', '  - usher\n  - ../../base/turn\n'));
    expect(await fleet.run('secrets', 'create')).toMatchObject({
      code: 0,
      stdout: 'create Namespace turn\ncreate Secret turn/turn\n',
    });
    expect(await credentials('turn')).toBe(await credentials('jitsi-eu-1'));
    await core.deleteNamespacedSecret({ ...ns, name: 'turn' });
    await core.createNamespacedSecret({
      ...ns,
      body: { ...body, stringData: { TURN_CREDENTIALS: 'another' } },
    });
    expect(await fleet.run('secrets', 'create')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Secret \S+\/turn differs from that of another namespace/),
    });
  });
});
