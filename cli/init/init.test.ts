import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { readShards } from '../../shards/overlay/fleet-folder.ts';
import { findKustomize, renderFolder } from '../../test/real/kustomize.ts';
import { run } from '../run.ts';
import { usher } from '../testing/usher.ts';

const kustomize = await findKustomize();
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'usher-init-'));
});
afterEach(() => rm(root, { recursive: true }));

const init = (...flags: string[]) => usher(['init', join(root, 'k'), ...flags]);
const inCluster = ['--name', 'prod', '--public-url', 'https://meet.example.org'];
const tree = async () => (await readdir(root, { recursive: true })).sort();

describe('usher init', () => {
  it.skipIf(!kustomize).each([
    ['a fleet in a cluster', [...inCluster, '--proxies', '3', '--media', 'nodeport'], 'kubernetes', 3],
    ['a fleet on one machine', ['--name', 'prod', '--driver', 'local'], 'local', 2],
  ])('makes %s that is read, builds, and takes another shard at once', async (_, flags, driver, proxies) => {
    expect(await init(...flags)).toMatchObject({ code: 0 });
    const folder = join(root, 'k/overlays/prod');
    const fleet = await readFleet(folder);
    expect(fleet).toMatchObject({ name: 'prod', driver });
    expect(fleet.proxies).toHaveLength(proxies);
    const add = ['shard', 'add', 'us-1', '--region', 'us', '--bridges', '1..4', '--fleet', folder];
    expect(await usher(add)).toMatchObject({ code: 0 });
    expect((await readShards(folder)).map(({ name }) => name)).toEqual(['eu-1', 'us-1']);
    const built = await renderFolder(folder);
    expect(built).toContain('namespace: jitsi-us-1');
    if (driver === 'local') return;
    expect(built).toMatch(
      /kind: StatefulSet\n(?:(?!---)[\s\S])*?name: proxy\n(?:(?!---)[\s\S])*?replicas: 3\n/,
    );
    expect(await readFile(join(folder, 'shards/us-1/kustomization.yaml'), 'utf8')).toContain(
      '/media-nodeport\n',
    );
  });

  it('writes nothing with --dry-run', async () => {
    const { stdout } = await init(...inCluster, '--dry-run');
    expect(stdout).toContain('overlays/prod/fleet.yaml\n');
    expect(await tree()).toEqual([]);
  });

  it('overwrites nothing, and brings back bases that were deleted to be updated', async () => {
    await init(...inCluster);
    const all = await tree();
    const own = join(root, 'k/overlays/prod/fleet.yaml');
    await writeFile(own, 'mine');
    expect(await init(...inCluster)).toMatchObject({ code: 64, stdout: '' });
    await rm(join(root, 'k/base'), { recursive: true });
    expect(await init(...inCluster)).toMatchObject({ code: 0 });
    expect(await tree()).toEqual(all);
    expect(await readFile(own, 'utf8')).toBe('mine');
  });

  it('lists all that is missing or wrong where nobody can be asked', async () => {
    expect(await init('--region', 'EU', '--proxies', '0')).toEqual({
      code: 2,
      stdout: '',
      stderr: `usher: --name is missing
       --public-url is missing
       --region: lower-case letters, digits and inner hyphens; found "EU"
       --proxies: at least one; found "0"
`,
    });
    expect(await tree()).toEqual([]);
  });

  it('asks on a terminal for what no flag says, and takes an empty answer as the usual one', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const answers = ['asked', '', 'https://meet.example.org', '', '', '', '1'];
    stderr.on('data', (chunk) => {
      if (String(chunk).endsWith(': ')) stdin.write(`${answers.shift()}\n`);
    });
    const words = ['init', join(root, 'k'), '--json'];
    expect(await run(words, { stdin, stdout, stderr, signal: new AbortController().signal })).toBe(0);
    expect(JSON.parse(await text(stdout.end()))).toMatchObject({ changed: true });
    const fleet = await readFleet(join(root, 'k/overlays/asked'));
    expect(fleet).toMatchObject({ driver: 'kubernetes', proxies: [{ name: 'proxy-0' }] });
    expect(answers).toEqual([]);
  });
});
