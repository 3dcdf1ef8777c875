import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readShards } from '../../shards/overlay/fleet-folder.ts';
import { type FleetAtWork, startFleetAtWork } from '../testing/fleet-at-work.ts';
import { shard } from '../testing/samples.ts';
import { type Outcome, startUsher, usher } from '../testing/usher.ts';

let fleet: FleetAtWork;
beforeEach(async () => {
  fleet = await startFleetAtWork();
});
afterEach(() => fleet.end());

function add(name: string, ...flags: string[]): Promise<Outcome> {
  return usher(fleet.words('shard', 'add', name, '--region', 'eu', '--bridges', '1..2', ...flags));
}

async function files(): Promise<string[]> {
  const names = (await readdir(fleet.files.folder, { recursive: true })).sort();
  const list = await readFile(join(fleet.files.folder, 'kustomization.yaml'), 'utf8');
  return [...names, list];
}

describe('usher shard add', () => {
  it('writes the overlay while the fleet is down', async () => {
    await fleet.api.close();
    const { code, stdout } = await add('eu-3', '--weight', '50');
    const overlay = join(fleet.files.folder, 'shards/eu-3/kustomization.yaml');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `create ${overlay}\nedit ${join(fleet.files.folder, 'kustomization.yaml')}\n`,
    });
    expect((await readShards(fleet.files.folder)).at(-1)).toMatchObject({ name: 'eu-3', weight: 50 });
    await fleet.restartApi();
  });

  it('shows with --dry-run each line that would come, and writes nothing', async () => {
    const before = await files();
    const { code, stdout } = await add('eu-3', '--dry-run', '--wait');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^would create .*eu-3\/kustomization.yaml$/m);
    expect(stdout).toMatch(/^ {2}\+ {7}- BRIDGES=1..2$/m);
    expect(stdout).toMatch(/^would edit .*\n {2}\+ {3}- shards\/eu-3\n$/m);
    expect(await files()).toEqual(before);
  });

  it('has nothing to change when the very shard is there', async () => {
    const { code, stderr } = await add('eu-1');
    expect({ code, stderr }).toEqual({
      code: 64,
      stderr: 'usher: nothing to change: shard eu-1 is there already\n',
    });
    expect((await add('eu-1', '--json')).stdout).toBe('{\n  "changed": false,\n  "actions": []\n}\n');
  });

  it.each([
    [
      'another shard of that name',
      'eu-1',
      ['--bridges', '1..3'],
      /shard eu-1 exists already: .*kustomization.yaml/,
    ],
    [
      'a pool that is none',
      'eu-3',
      ['--pool', 'big'],
      /--pool: expected one of main, .*fleet.yaml.*found "big"/,
    ],
    ['a name that is none', 'EU', [], /SHARD: lower-case letters.*; found "EU"/],
    ['a range that is none', 'eu-3', ['--bridges', '4'], /--bridges: MIN..MAX is expected.*; found "4"/],
    [
      'a range upside down',
      'eu-3',
      ['--bridges', '4..2'],
      /--bridges: MIN must not be above MAX; found "4..2"/,
    ],
    ['several errors', 'E', ['--weight', '1%'], /SHARD: .*\n +--weight: .* as in 100; found "1%"/],
  ])('refuses %s', async (_, name, flags, message) => {
    const before = await files();
    const { code, stderr } = await add(name, ...flags);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(await files()).toEqual(before);
  });

  it('refuses to touch a folder in which an overlay is nonsense, and says where', async () => {
    const overlay = join(fleet.files.folder, 'shards/eu-2/kustomization.yaml');
    await writeFile(overlay, 'namespace: [\n');
    const before = await files();
    const { code, stderr } = await add('eu-3');
    expect(code).toBe(2);
    expect(stderr).toContain(`${overlay}:`);
    expect(await files()).toEqual(before);
  });

  it('waits until the shard gets rooms, and shows how far it is', async () => {
    const words = fleet.words('shard', 'add', 'eu-3', '--region', 'eu', '--bridges', '1..2', '--wait');
    const adding = startUsher(words);
    await adding.said('eu-3: not there');
    const fresh = shard('eu-3', {
      observed: 'provisioning',
      reason: 'no bridge yet',
      admitted: false,
      rooms: 0,
    });
    fleet.api.state.fleet.shards.push(fresh);
    await adding.said('(no bridge yet)');
    Object.assign(fresh, { observed: 'ready', reason: '', admitted: true });
    await adding.said('512 buckets, on the move');
    fleet.api.state.fleet.operations = [];
    expect(await adding.outcome).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/shard eu-3: ready, and gets rooms\n$/),
    });
  });
});
