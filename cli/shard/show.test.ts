import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FleetAtWork, startFleetAtWork } from '../testing/fleet-at-work.ts';
import { usher } from '../testing/usher.ts';

let fleet: FleetAtWork;
beforeEach(async () => {
  fleet = await startFleetAtWork();
});
afterEach(() => fleet.end());

describe('usher shard list', () => {
  it('shows each shard on a line', async () => {
    const limits = { maxParticipants: 8, maxWebsockets: 12, websockets: null };
    const [first] = fleet.api.state.fleet.shards;
    if (first) first.signalling = { ...limits, participants: 7, ratio: 7 / 8, near: true };
    const { stdout } = await usher(fleet.words('shard', 'list'));
    expect(stdout.split('\n')).toEqual([
      'NAME   REGION   POOL   DESIRED   OBSERVED   GETS ROOMS   BUCKETS   ROOMS   PARTICIPANTS   SIGNALLING             BRIDGES   REASON',
      'eu-1   eu       main   active    ready      yes          512       2       7              88 %, near its limit   1         -',
      'eu-2   eu       main   active    degraded   yes          512       2       7              -                      1         Jicofo answers 503',
      '',
    ]);
  });
});

describe('usher shard show', () => {
  it('shows one shard with its bridges', async () => {
    const { stdout } = await usher(fleet.words('shard', 'show', 'eu-2'));
    expect(stdout).toMatch(/^Incarnation: +eu-2.1$/m);
    expect(stdout).toMatch(/^Reason: +Jicofo answers 503$/m);
    expect(stdout).toMatch(/\n\nBRIDGE +REST\neu-2-jvb-1 +http:\/\/127.0.0.1:20002\n$/);
  });
});
