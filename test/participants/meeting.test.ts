import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Meeting } from './meeting.ts';
import { judgeMeeting } from './oracle.ts';
import { startTwoProxies, type TwoProxies } from './testing/two-proxies.ts';

const signal = new AbortController().signal;
const meetings: Meeting[] = [];
let fleet: TwoProxies;

beforeAll(async () => {
  fleet = await startTwoProxies([{ torn: 'eu-2', doomed: 'eu-2' }, { doomed: 'eu-2' }]);
});

afterEach(async () => {
  await Promise.all(meetings.splice(0).map((meeting) => meeting.end()));
  await fleet.launch(0);
});

afterAll(() => fleet.close());

function meeting(name: string, size: number): Meeting {
  const held = new Meeting({ room: { tenant: '', name }, size, proxies: fleet.proxies });
  meetings.push(held);
  return held;
}

describe('a meeting', () => {
  it('brings everybody together over both proxies and both transports', async () => {
    const held = meeting('together', 5);
    await held.join(signal);
    const check = await held.check(signal);
    expect(check).toMatchObject({ absent: [], unheard: [] });
    expect(check.shards).toEqual({ p1: 'eu-1', p2: 'eu-1', p3: 'eu-1', p4: 'eu-1', p5: 'eu-1' });
    expect(check.routes.map(({ shard }) => shard)).toEqual(['eu-1', 'eu-1']);
    const ways = held.participants.map((one) => `${one.transport} ${fleet.proxies.indexOf(one.proxy)}`);
    expect(ways).toEqual(['websocket 0', 'bosh 1', 'websocket 1', 'bosh 0', 'websocket 0']);
    expect((await held.visit(signal)).unheard).toEqual([]);
    expect(judgeMeeting(held.record)).toEqual({ room: '/together' });
  });

  it('survives a proxy without a cut', async () => {
    const held = meeting('survives', 4);
    await held.join(signal);
    const rejoined = Promise.race(held.participants.map((one) => once(one, 'rejoined')));
    await fleet.kill(0);
    await rejoined;
    expect(await held.check(signal)).toMatchObject({ absent: [], unheard: [] });
    expect(judgeMeeting(held.record)).toEqual({ room: '/survives' });
  });

  it('is found split when the proxies disagree', async () => {
    const held = meeting('torn', 2);
    await held.join(signal);
    const check = await held.check(signal);
    expect(check.shards).toEqual({ p1: 'eu-2', p2: 'eu-1' });
    expect(check.unheard.toSorted()).toEqual(['p1 -> p2', 'p2 -> p1']);
    expect(judgeMeeting(held.record)).toMatchObject({ split: 'p1 on eu-2 while p2 on eu-1' });
  });

  it('is found cut when its shard is taken away', async () => {
    const held = meeting('doomed', 2);
    await held.join(signal);
    const lost = Promise.race(held.participants.map((one) => once(one, 'lost')));
    await fleet.removeShard('eu-2');
    await lost;
    expect(judgeMeeting(held.record).cut).toBe('p1 on eu-2 did not get back in');
  });
});
