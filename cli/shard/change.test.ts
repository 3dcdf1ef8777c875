import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShardStatus } from '../../orchestrator/api/schema/shards.ts';
import { type FleetAtWork, startFleetAtWork } from '../testing/fleet-at-work.ts';
import { type RunningUsher, startUsher, usher } from '../testing/usher.ts';

let fleet: FleetAtWork;
beforeEach(async () => {
  fleet = await startFleetAtWork();
});
afterEach(() => fleet.end());

function start(...words: string[]): RunningUsher {
  return startUsher(fleet.words('shard', ...words));
}

function shardNamed(name: string): ShardStatus {
  const found = fleet.api.state.fleet.shards.find((one) => one.name === name);
  if (!found) throw new Error(`no shard ${name}`);
  return found;
}

describe('a change of a shard', () => {
  it.each([
    ['cordon', 'cordoned', 'the cordon goes on by itself'],
    ['drain', 'draining', 'the drain goes on by itself'],
  ] as const)(
    '%s: sets the wish, and has nothing to change the second time',
    async (change, desired, said) => {
      const first = await usher(fleet.words('shard', change, 'eu-1'));
      expect(first).toMatchObject({ code: 0, stdout: `set eu-1 to ${desired}\n` });
      expect(first.stderr).toMatch(
        new RegExp(`^${said}; look: (npx )?usher shard show eu-1 --fleet ${fleet.files.folder}\n$`),
      );
      expect(shardNamed('eu-1').desired).toBe(desired);
      const second = await usher(fleet.words('shard', change, 'eu-1', '--json'));
      expect(second).toMatchObject({
        code: 64,
        stderr: `usher: nothing to change: shard eu-1 is ${desired} already\n`,
      });
      expect(JSON.parse(second.stdout)).toEqual({ changed: false, actions: [] });
    },
  );

  it('does nothing with --dry-run', async () => {
    const { code, stdout, stderr } = await usher(
      fleet.words('shard', 'remove', 'eu-1', '--dry-run', '--wait'),
    );
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'would remove eu-1\n', stderr: '' });
    expect(shardNamed('eu-1').removing).toBe(false);
  });

  it('cuts rooms only after it was told yes', async () => {
    const asked = await usher(fleet.words('shard', 'remove', 'eu-1', '--force'));
    expect(asked).toMatchObject({ code: 2, stdout: '' });
    expect(asked.stderr).toMatch(/^will cut and remove eu-1\nusher: nobody can be asked here.*--yes/);
    expect(shardNamed('eu-1').removing).toBe(false);
    const told = await usher(fleet.words('shard', 'remove', 'eu-1', '--force', '--yes'));
    expect(told).toMatchObject({ code: 0, stdout: 'cut and remove eu-1\n' });
    expect(shardNamed('eu-1').removing).toBe(true);
  });

  it('fails as the API says for an unknown shard', async () => {
    expect(await usher(fleet.words('shard', 'drain', 'xx'))).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('--wait', () => {
  it('shows rooms and participants left until a drained shard is empty', async () => {
    const draining = start('drain', 'eu-1', '--wait');
    await draining.said('eu-1: draining: 2 rooms left, 7 participants left, 512 buckets left\n');
    Object.assign(shardNamed('eu-1'), { rooms: 1, participants: null, buckets: 0 });
    await draining.said('eu-1: draining: 1 room left, participants unknown, 0 buckets left\n');
    Object.assign(shardNamed('eu-1'), { rooms: 0, drained: true });
    expect(await draining.outcome).toMatchObject({
      code: 0,
      stdout: 'set eu-1 to draining\nshard eu-1: drained: nobody is on it\n',
    });
  });

  it('ends on Ctrl-C, and says that the work goes on, how to look and how to undo', async () => {
    const draining = start('drain', 'eu-1', '--wait');
    await draining.said('rooms left');
    draining.signal('SIGINT');
    const { code, stderr } = await draining.outcome;
    expect(code).toBe(1);
    const flags = `--fleet ${fleet.files.folder}`;
    expect(stderr).toMatch(
      new RegExp(
        `usher: stopped waiting; the drain goes on; look: (npx )?usher shard show eu-1 ${flags}; ` +
          `take it back: (npx )?usher shard uncordon eu-1 ${flags}\n$`,
      ),
    );
    expect(shardNamed('eu-1').desired).toBe('draining');
  });

  it('of a cordon ends when the last proxy has let go of the shard’s buckets', async () => {
    const cordoning = start('cordon', 'eu-1', '--wait');
    Object.assign(shardNamed('eu-1'), { buckets: 0 });
    await cordoning.said('0 buckets left, on the move');
    fleet.api.state.fleet.operations = [];
    expect(await cordoning.outcome).toMatchObject({
      code: 0,
      stdout: 'set eu-1 to cordoned\nshard eu-1: cordoned: no new rooms\n',
    });
  });

  it('picks a drain under way up again, and ends with 64 when it was done before', async () => {
    Object.assign(shardNamed('eu-1'), { desired: 'draining' });
    const draining = start('drain', 'eu-1', '--wait', '--json');
    await draining.said('rooms left');
    Object.assign(shardNamed('eu-1'), { drained: true });
    expect(await draining.outcome).toMatchObject({ code: 0 });
    expect(await start('drain', 'eu-1', '--wait').outcome).toMatchObject({ code: 64 });
  });

  it('waits for a removed shard to be gone, not for a list that lacks it once', async () => {
    const removing = start('remove', 'eu-1', '--wait');
    await removing.said('eu-1: removing');
    const { fleet: status } = fleet.api.state;
    const all = status.shards;
    status.shards = all.slice(1);
    await removing.said('eu-1: not there');
    status.shards = all;
    await removing.said('eu-1: not there\neu-1: removing');
    status.shards = all.slice(1);
    expect(await removing.outcome).toMatchObject({ code: 0, stdout: 'remove eu-1\nshard eu-1: removed\n' });
  });

  it('gives up after its time, an API that is away included', async () => {
    const draining = start('drain', 'eu-1', '--timeout', '3');
    await draining.said('rooms left');
    await fleet.api.close();
    const { code, stderr } = await draining.outcome;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /the API does not answer; trying on\nusher: not done after 3 s; the drain goes on/,
    );
    await fleet.restartApi();
  });

  it('fails when somebody else takes the change back', async () => {
    const draining = start('drain', 'eu-1', '--wait');
    await draining.said('rooms left');
    Object.assign(shardNamed('eu-1'), { desired: 'active' });
    expect(await draining.outcome).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the drain was taken back by somebody else: shard eu-1 is now active'),
    });
  });
});
