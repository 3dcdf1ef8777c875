import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { CoreV1Api, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, startFakeApi } from '../../cli/testing/fake-api.ts';
import { fleetState, shard } from '../../cli/testing/samples.ts';
import { freePort } from '../real/free-port.ts';
import { type ClusterFleet, startClusterFleet } from './testing/cluster-fleet.ts';

let fleet: ClusterFleet;
let core: CoreV1Api;
let api: FakeApi;
let apiUrl: string;
beforeAll(async () => {
  fleet = await startClusterFleet();
  core = fleet.controlPlane.admin.makeApiClient(CoreV1Api);
  const git = (...words: string[]) => execFileSync('git', ['-C', fleet.folder, ...words]);
  git('init', '-q');
  git('config', 'user.name', 'test');
  git('config', 'user.email', 'test@example.org');
  git('add', '.');
  git('commit', '-qm', 'first');
});
afterAll(() => fleet?.end());
beforeEach(async () => {
  const port = await freePort();
  apiUrl = `http://127.0.0.1:${port}`;
  const state = fleetState();
  state.fleet.operations = [];
  state.fleet.shards = [shard('eu-1')];
  api = await startFakeApi(port, state);
});
afterEach(() => api.close());

const add = ['shard', 'add', 'eu-2', '--region', 'eu', '--bridges', '1..2'];
const overlay = () => join(fleet.folder, 'shards/eu-2/kustomization.yaml');
const list = () => readFile(join(fleet.folder, 'kustomization.yaml'), 'utf8');
const merge = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

async function hasNamespace(name: string): Promise<boolean> {
  return core.readNamespace({ name }).then(
    () => true,
    () => false,
  );
}

/** As the orchestrator does when nobody is on it any more. */
async function sayRemoved(): Promise<void> {
  const body = { metadata: { annotations: { 'usher.dev/removed': new Date().toISOString() } } };
  await core.patchNamespacedConfigMap(
    { namespace: 'jitsi-eu-2', name: 'shard', body, fieldManager: 'usher-orchestrator' },
    merge,
  );
  api.state.fleet.shards = api.state.fleet.shards.filter(({ name }) => name !== 'eu-2');
}

// One life of one shard, in its order: each test goes on where the one before it ended.
describe('the life of a shard in a cluster, by the command line', () => {
  it('begins with its overlay, which stays when the cluster would refuse the shard', async () => {
    const { code, stderr } = await fleet.run(...add, '--apply', '--api-url', apiUrl);
    expect(code).toBe(2);
    expect(stderr).toMatch(/the overlay of eu-2 is written and stays; .*usher apply eu-2/);
    expect(stderr).toContain('`usher secrets create eu-2` makes it');
    expect(existsSync(overlay())).toBe(true);
    expect(await hasNamespace('jitsi-eu-2')).toBe(false);
  });

  it('goes on where it was cut, with pods and Kubernetes’ own reasons shown until it gets rooms', async () => {
    await writeFile(overlay(), `${await readFile(overlay(), 'utf8')}\n# A person's own words.\n`);
    expect(await fleet.run('secrets', 'create', 'eu-2')).toMatchObject({ code: 0 });
    const adding = fleet.start(...add, '--apply', '--api-url', apiUrl);
    await adding.said('eu-2: not there; ');
    await adding.said('jvb-');
    await adding.said(': is starting');
    api.state.fleet.shards.push(shard('eu-2'));
    const { code, stdout, stderr } = await adding.outcome;
    expect(stderr).toContain('Deployment jitsi-eu-2/jvb: created\n');
    expect(stdout).toMatch(/create Deployment jitsi-eu-2\/jvb\n(.*\n)*shard eu-2: ready, and gets rooms\n$/);
    expect(code).toBe(0);
    expect(await fleet.run(...add, '--apply', '--api-url', apiUrl)).toMatchObject({ code: 64 });
  });

  it('is left alone while something foreign stands in its namespace, which is named first of all', async () => {
    api.state.fleet.shards.push(shard('eu-2'));
    const body = { metadata: { name: 'foreign' }, data: { a: '1' } };
    await core.createNamespacedConfigMap({ namespace: 'jitsi-eu-2', body, fieldManager: 'ann' });
    const { code, stderr } = await fleet.run('shard', 'remove', 'eu-2', '--apply', '--api-url', apiUrl);
    expect(stderr).toMatch(
      /not all in .* is usher's.*--delete-foreign:\n {2}ConfigMap jitsi-eu-2\/foreign: made by ann\n$/,
    );
    expect(code).toBe(2);
    expect(api.state.fleet.shards[1]).toMatchObject({ removing: false });
    await core.deleteNamespacedConfigMap({ namespace: 'jitsi-eu-2', name: 'foreign' });
  });

  it('lists with --dry-run what would go', async () => {
    api.state.fleet.shards.push(shard('eu-2'));
    const { code, stdout } = await fleet.run(
      'shard',
      'remove',
      'eu-2',
      '--apply',
      '--dry-run',
      '--api-url',
      apiUrl,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^would remove eu-2\n/);
    expect(stdout).toContain(`would delete ${overlay()}\n`);
    expect(stdout).toContain('would delete Secret jitsi-eu-2/shard-passwords\n');
    expect(stdout).toMatch(/would delete Namespace jitsi-eu-2\n$/);
    expect(stdout).not.toMatch(/Pod |ReplicaSet|kube-root-ca/);
  });

  it('is drained first, and can be cut while it drains: nothing is deleted', async () => {
    api.state.fleet.shards.push(shard('eu-2'));
    const removing = fleet.start('shard', 'remove', 'eu-2', '--drain', '--apply', '--api-url', apiUrl);
    await removing.said('eu-2: removing: 2 rooms left');
    removing.signal('SIGINT');
    expect(await removing.outcome).toMatchObject({ code: 1 });
    expect(existsSync(overlay())).toBe(true);
    expect(await hasNamespace('jitsi-eu-2')).toBe(true);
  });

  it('is not deleted because a list lacks it: the orchestrator’s word must stand on it', async () => {
    const { code, stderr } = await fleet.run('shard', 'remove', 'eu-2', '--apply', '--api-url', apiUrl);
    expect(stderr).toMatch(
      /the orchestrator has not removed shard eu-2: ConfigMap .* has no usher.dev\/removed/,
    );
    expect(code).toBe(1);
    expect(await hasNamespace('jitsi-eu-2')).toBe(true);
  });

  it('goes with its overlay, its line and its namespace, and with nothing else', async () => {
    const before = await list();
    api.state.fleet.shards.push(shard('eu-2', { removing: true }));
    const removing = fleet.start('shard', 'remove', 'eu-2', '--apply', '--api-url', apiUrl);
    await removing.said('eu-2: removing');
    await sayRemoved();
    const { code, stdout } = await removing.outcome;
    expect(stdout).toMatch(/delete Namespace jitsi-eu-2\nshard eu-2: removed\n$/);
    expect(code).toBe(0);
    expect(await hasNamespace('jitsi-eu-2')).toBe(false);
    expect(await list()).toBe(before.replace('  - shards/eu-2\n', ''));
    expect(existsSync(overlay())).toBe(false);
    const again = await fleet.run('shard', 'remove', 'eu-2', '--apply', '--api-url', apiUrl);
    expect(again).toMatchObject({ code: 64, stderr: expect.stringContaining('there is no shard eu-2') });
  });
});

describe('a shard by GitOps', () => {
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', fleet.folder, ...words], { encoding: 'utf8' });

  it('is committed with its line and nothing else, and removed so; what people wrote stays', async () => {
    const written = (await list()).replace('resources:', '# By hand.\nresources:\n  - mine.yaml');
    await writeFile(join(fleet.folder, 'kustomization.yaml'), written);
    expect(await fleet.run(...add, '--commit')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/these files have changes of their own.*\n {2}kustomization.yaml\n/),
    });
    git('commit', '-qam', 'by hand');
    await writeFile(join(fleet.folder, 'unrelated'), 'x');
    git('add', 'unrelated');
    expect(await fleet.run(...add, '--commit')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\ncommit "Add shard eu-2"\n$/),
      stderr: expect.stringContaining('push it, for Argo CD or Flux to apply'),
    });
    const shown = git('show', '--stat=200', '--format=%s');
    expect(shown).toMatch(
      /^Add shard eu-2\n\n kustomization.yaml .*\n shards\/eu-2\/kustomization.yaml .*\n 2 files/,
    );

    const removed = await fleet.run('shard', 'remove', 'eu-2', '--commit', '--api-url', apiUrl);
    expect(removed).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('commit "Remove shard eu-2"\n'),
    });
    expect(await list()).toBe(written);
    expect(git('status', '--porcelain')).toBe('A  unrelated\n');
  });

  it('refuses to be applied and committed at once', async () => {
    expect(await fleet.run(...add, '--commit', '--apply')).toMatchObject({ code: 2 });
  });
});

describe('the orchestrators of a cluster', () => {
  // The API server hands nothing on to loopback.
  const outward = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const host =
    outward.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '10.244.9.9';
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it('are asked through its API server, and it is said which of them is missing', async () => {
    const none = await fleet.run('shard', 'list');
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no pod of the orchestrator runs in namespace usher'),
    });

    const server = createServer(async (request, response) => {
      const answer = await fetch(`${apiUrl}${request.url}`);
      response.writeHead(answer.status).end(await answer.text());
    });
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    servers.push(server);
    const { port } = server.address() as AddressInfo;
    const file = join(fleet.folder, 'fleet.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('0.0.0.0:8700', `0.0.0.0:${port}`));

    await core.createNamespace({ body: { metadata: { name: 'usher' } } });
    const labels = { 'app.kubernetes.io/name': 'orchestrator' };
    const spec = { containers: [{ name: 'o', image: 'usher' }], serviceAccountName: 'default' };
    const status = { phase: 'Running', podIP: host, podIPs: [{ ip: host }] };
    await expect
      .poll(() =>
        core
          .createNamespacedPod({ namespace: 'usher', body: { metadata: { name: 'o-1', labels }, spec } })
          .then(
            () => true,
            () => false,
          ),
      )
      .toBe(true);
    await core.patchNamespacedPodStatus({ namespace: 'usher', name: 'o-1', body: { status } }, merge);
    const { code, stdout, stderr } = await fleet.run('shard', 'list');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^eu-1 +eu/m);
    expect(code).toBe(0);
    const unknown = await fleet.run('shard', 'show', 'xx');
    expect(unknown).toMatchObject({ code: 2, stderr: 'usher: no such thing\n' });
  });
});
