import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FleetAtWork, startFleetAtWork } from '../testing/fleet-at-work.ts';
import { bridge } from '../testing/samples.ts';
import { usher } from '../testing/usher.ts';

let fleet: FleetAtWork;
beforeEach(async () => {
  fleet = await startFleetAtWork();
});
afterEach(() => fleet.end());

describe('usher bridge list', () => {
  it('lists bridges as a table, with what is not known as a dash', async () => {
    const unread = { conferences: null, localEndpoints: null, bitsPerSecond: null };
    fleet.api.state.bridges = [
      bridge('eu-1-bridge-1'),
      bridge('eu-1-bridge-2', { state: 'told', word: 'removed' }),
      bridge('eu-1-bridge-3', { ...unread, state: 'unknown', reason: 'no answer' }),
    ];
    const { code, stdout } = await usher(fleet.words('bridge', 'list', '--shard', 'eu-1'));
    expect(code).toBe(0);
    expect(fleet.api.requests).toEqual(['GET /v1/bridges?shard=eu-1']);
    expect(stdout.split('\n')).toEqual([
      'BRIDGE          SHARD   STATE     WISH      CONFERENCES   ENDPOINTS   MBIT/S   REASON',
      'eu-1-bridge-1   eu-1    open      -         2             7           12       -',
      'eu-1-bridge-2   eu-1    told      removed   2             7           12       -',
      'eu-1-bridge-3   eu-1    unknown   -         -             -           -        no answer',
      '',
    ]);
  });
});

describe('usher bridge drain, undrain and remove', () => {
  it.each([
    [['drain'], 'drained'],
    [['undrain'], 'open'],
    [['remove'], 'removed'],
    [['remove', '--force', '--yes'], 'cut'],
  ])('%j says that it is to be %s, once', async (words, word) => {
    fleet.api.state.bridges = [bridge('b', word === 'open' ? { word: 'drained' } : {})];
    const line = fleet.words('bridge', ...words, 'b');
    expect(await usher([...line, '--dry-run'])).toMatchObject({
      code: 0,
      stdout: `would set b to ${word}\n`,
    });
    expect(await usher(line)).toMatchObject({ code: 0, stdout: `set b to ${word}\n` });
    expect(fleet.api.state.bridges[0]?.word).toBe(word);
    expect(await usher(line)).toMatchObject({ code: 64 });
  });

  it('asks before it cuts', async () => {
    fleet.api.state.bridges = [bridge('b')];
    const { code, stderr } = await usher(fleet.words('bridge', 'remove', 'b', '--force'));
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('will set b to cut') });
    expect(fleet.api.state.bridges[0]?.word).toBe(null);
  });
});
