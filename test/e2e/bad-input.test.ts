import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { UsherApi } from '../../cli/api/usher-api.ts';
import type { Outcome } from '../../cli/testing/usher.ts';
import { sleep, waitFor } from '../../common/time.ts';
import { joinRooms } from '../bench/split/clients.ts';
import { type RunningFleet, startTemporaryFleet } from '../fleet/running-fleet.ts';
import { createTemporaryFleet, type TemporaryFleet } from '../fleet/temporary-fleet.ts';
import { folderBytes } from './testing/folder-bytes.ts';
import { startedPrograms } from './testing/leftovers.ts';
import { isSeated } from './testing/rooms-of.ts';
import { apiOf, type FleetPlace, usherHere, usherOn } from './testing/usher-on.ts';

/** The message of a command that must fail with `code`, printing nothing else and no trace of usher's inside. */
async function complaint(place: FleetPlace, words: readonly string[], code: number): Promise<string> {
  return checked(await usherHere(place, words), code);
}

function checked(outcome: Outcome, code: number): string {
  expect(outcome).toMatchObject({ code, stdout: '' });
  expect(outcome.stderr).toMatch(/^usher: /m);
  expect(outcome.stderr).not.toMatch(/defect|\n\s+at /);
  return outcome.stderr;
}

const add = (name: string, ...more: string[]) => [
  'shard',
  'add',
  name,
  '--region',
  'eu',
  '--bridges',
  '1..2',
  ...more,
];

describe('bad input to a fleet that is up', { timeout: 180_000 }, () => {
  let fleet: RunningFleet;

  beforeAll(async () => {
    fleet = await startTemporaryFleet({ shards: { 'eu-1': 'eu', 'eu-2': 'eu' } });
  }, 120_000);
  afterAll(() => fleet?.stop());

  it.each([
    ['a name that is no name', add('EU_1'), /SHARD: .*; found "EU_1"/],
    [
      'a range that is none',
      ['shard', 'add', 'eu-9', '--region', 'eu', '--bridges', '5..2'],
      /--bridges: .*; found "5\.\.2"/,
    ],
    ['a weight that is none', add('eu-9', '--weight', 'heavy'), /--weight: .*as in 100; found "heavy"/],
    [
      'a pool that is not there',
      add('eu-9', '--pool', 'gold'),
      /--pool: expected one of main.*fleet\.yaml.*; found "gold"/,
    ],
    [
      'a name that is taken',
      ['shard', 'add', 'eu-1', '--region', 'us', '--bridges', '1..2'],
      /eu-1 exists already: .*shards\/eu-1\/kustomization\.yaml/,
    ],
    ['a region that lacks', ['shard', 'add', 'eu-9', '--bridges', '1..2'], /--region/],
    ['a shard that is not there', ['shard', 'drain', 'eu-9'], /no shard eu-9 .*eu-1, eu-2/],
    ['a shard to be removed that is not there', ['shard', 'remove', 'eu-9'], /no shard eu-9 .*eu-1, eu-2/],
    ['a proxy that is not there', ['proxy', 'diff', 'proxy-9'], /no proxy proxy-9; known: proxy-1, proxy-2/],
    ['a state that is none', ['room', 'list', '--only', 'asleep'], /'asleep' is invalid.*live/],
    ['a room that is not seated', ['room', 'show', 'nobody'], /\/nobody is not seated; .*room explain/],
    ['a command that is none', ['shard', 'explode'], /unknown command 'explode'/],
    ['a time that is none', ['shard', 'drain', 'eu-1', '--timeout', 'soon'], /--timeout.*soon/],
    ['a deadline that is none', ['shard', 'drain', 'eu-1', '--deadline', 'soon'], /--deadline.*as in 90s/],
    ['force where nobody can be asked', ['shard', 'remove', 'eu-1', '--force'], /will cut .*eu-1.*--yes/s],
    ['two ways to remove', ['shard', 'remove', 'eu-1', '--drain', '--force'], /give one/],
  ])('%s is told, and changes nothing', async (_what, words, message) => {
    const before = await folderBytes(fleet.folder);
    expect(await complaint(fleet, words, 2)).toMatch(message);
    expect(await folderBytes(fleet.folder)).toEqual(before);
  });

  it.each([
    [
      'cut short',
      (text: string) => text.slice(0, text.indexOf('literals') + 12),
      /shards\/eu-1\/kustomization\.yaml/,
    ],
    ['that is no YAML', () => '{{{ nonsense: [', /shards\/eu-1\/kustomization\.yaml:1:\d+: /],
    [
      'with a bad value',
      (text: string) => text.replace('BRIDGES=1..2', 'BRIDGES=many'),
      /eu-1\/kustomization\.yaml:\d+:\d+: .*BRIDGES.*found "many"/,
    ],
    [
      'of another shard',
      (text: string) => text.replace('SHARD=eu-1', 'SHARD=eu-7'),
      /eu-1\/kustomization\.yaml:\d+:\d+: .*SHARD.*found "eu-7"/,
    ],
  ])(
    'an overlay %s leaves the fleet as it is, and `shard add` says what and where',
    async (_what, edit, message) => {
      const overlay = join(fleet.folder, 'shards', 'eu-1', 'kustomization.yaml');
      const good = await readFile(overlay, 'utf8');
      const edited = edit(good);
      expect(edited).not.toBe(good);
      await writeFile(overlay, edited);
      try {
        const before = await folderBytes(fleet.folder);
        for (const words of [add('eu-9'), ['shard', 'drain', 'eu-2'], ['shard', 'remove', 'eu-2']]) {
          expect(await complaint(fleet, words, 2)).toMatch(message);
        }
        expect(await folderBytes(fleet.folder)).toEqual(before);
        // Long enough for the orchestrator to have read the folder more than once.
        await sleep(2_500);
        expect(await apiOf(fleet).shards()).toMatchObject([
          { name: 'eu-1', observed: 'ready', desired: 'active', admitted: true, removing: false },
          { name: 'eu-2', observed: 'ready', desired: 'active', admitted: true, removing: false },
        ]);
        const proxies = fleet.fleet.proxies.flatMap(({ bind }) => bind);
        expect(await joinRooms({ proxies, rooms: 20, prefix: `while-${_what}` })).toMatchObject({
          split: 0,
          refused: 0,
        });
      } finally {
        await writeFile(overlay, good);
      }
    },
  );

  it('an overlay that holds up a removal holds up nothing else, and the removal ends when it is well', async () => {
    const api = apiOf(fleet);
    const overlay = join(fleet.folder, 'shards', 'eu-1', 'kustomization.yaml');
    const good = await readFile(overlay, 'utf8');
    expect(await usherHere(fleet, ['shard', 'remove', 'eu-2', '--drain'])).toMatchObject({ code: 0 });
    await writeFile(overlay, 'nonsense: [');
    try {
      await waitFor(async () => (await isTakenOut(api)) || undefined, {
        timeoutMs: 60_000,
        describe: () => 'eu-2 is not taken out of the proxies',
      });
      // Nobody is in it, so that it must end.
      const proxies = fleet.fleet.proxies.flatMap(({ bind }) => bind);
      expect(await joinRooms({ proxies, rooms: 1, prefix: 'ends' })).toMatchObject({ refused: 0 });
      await waitFor(async () => ((await isSeated(api, '/ends-0')) ? undefined : true), {
        timeoutMs: 60_000,
        describe: () => 'the room does not end',
      });
      expect(await isTakenOut(api)).toBe(true);
    } finally {
      await writeFile(overlay, good);
    }
    await waitFor(async () => ((await api.shards()).length === 1 ? true : undefined), {
      timeoutMs: 30_000,
      describe: () => 'eu-2 is not removed',
    });
  });
});

/** Is eu-2 waiting for no more than the deletion of its overlay? */
async function isTakenOut(api: UsherApi): Promise<boolean> {
  const { operations, shards } = await api.status();
  const gone = shards.some(({ name, admitted }) => name === 'eu-2' && !admitted);
  return gone && operations.some(({ kind, silent }) => kind === 'take-out' && silent.length === 0);
}

describe('`usher up` that cannot start', { timeout: 180_000 }, () => {
  let fleet: TemporaryFleet;
  beforeAll(async () => {
    fleet = await createTemporaryFleet({ shards: { 'eu-1': 'eu' } });
  });
  afterAll(() => fleet.delete());
  afterEach(() => expect(startedPrograms(fleet.state).size).toBe(0));

  it('names the stranger on a port, the file and the place that gives it to the fleet', async () => {
    const { port } = fleet.fleet.proxies[1]?.stats ?? { port: 0 };
    const stranger = createServer().listen(port, '127.0.0.1');
    await once(stranger, 'listening');
    try {
      const message = await complaint(fleet, ['up'], 1);
      expect(message).toContain(`127.0.0.1:${port} is in use by `);
      expect(message).toContain(`(pid ${process.pid})`);
      expect(message).toContain(join(fleet.folder, 'fleet.yaml'));
      expect(message).toContain('proxies.1.stats');
    } finally {
      stranger.close();
    }
  });

  it('names a program that is missing, and how to get it', async () => {
    const path = await mkdtemp(join(tmpdir(), 'usher-path-'));
    await symlink('/usr/bin/redis-server', join(path, 'redis-server'));
    try {
      const message = checked(await usherOn(fleet, ['up'], { PATH: path }), 1);
      expect(message).toMatch(/prosody is missing/);
      expect(message).not.toContain('redis-server');
      expect(message).toContain('npm run setup');
    } finally {
      await rm(path, { recursive: true });
    }
  });

  it.each([
    ['no such folder', undefined, /can't read the fleet file .*fleet\.yaml/],
    [
      'an unknown setting',
      (text: string) => `${text}colour: red\n`,
      /fleet\.yaml:\d+:1: unknown setting "colour"/,
    ],
    [
      'two listeners on one port',
      (text: string) => text.replace(/stats: \S+/, `stats: ${/bind: (\S+)/.exec(text)?.[1]}`),
      /fleet\.yaml:\d+:\d+: proxies\.0\.stats: port \d+ is already that of proxies\.0\.bind/,
    ],
  ])('says where the fleet file is wrong: %s', async (_what, edit, message) => {
    const file = join(fleet.folder, 'fleet.yaml');
    const good = await readFile(file, 'utf8');
    const place = edit ? fleet : { ...fleet, folder: `${fleet.folder}-gone` };
    if (edit) await writeFile(file, edit(good));
    try {
      expect(await complaint(place, ['up'], 2)).toMatch(message);
    } finally {
      await writeFile(file, good);
    }
  });
});
