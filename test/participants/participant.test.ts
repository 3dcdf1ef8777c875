import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Participant } from './participant.ts';
import { startTwoProxies, type TwoProxies } from './testing/two-proxies.ts';
import type { Transport } from './xmpp-login.ts';

const signal = new AbortController().signal;
const people: Participant[] = [];
let fleet: TwoProxies;

beforeAll(async () => {
  fleet = await startTwoProxies([{ elsewhere: 'eu-2', wandering: 'eu-1' }, { wandering: 'eu-2' }]);
});

afterEach(async () => {
  await Promise.all(people.splice(0).map((person) => person.leave()));
  await fleet.launch(0);
});

afterAll(() => fleet.close());

function person(
  name: string,
  room: string,
  transport: Transport,
  first: 0 | 1 = 0,
  tenant = '',
): Participant {
  const [a, b] = fleet.proxies;
  const proxies = first === 0 ? [a, b] : [b, a];
  const participant = new Participant({ name, room: { tenant, name: room }, transport, proxies });
  people.push(participant);
  return participant;
}

describe.each<Transport>(['websocket', 'bosh'])('a participant over %s', (transport) => {
  it('learns its shard from XMPP, and meets the others', async () => {
    const ann = person('ann', 'Daily Stand-up', transport);
    const bob = person('bob', 'daily stand-up', transport === 'bosh' ? 'websocket' : 'bosh', 1);
    expect(await ann.join('first', signal)).toMatchObject({ shard: 'eu-1', kind: 'first' });
    expect(await bob.join('warm', signal)).toMatchObject({ shard: 'eu-1' });
    await expect.poll(() => ann.occupants).toContain(bob.nick);
    expect(bob.occupants).toContain(ann.nick);

    await ann.say('<good> & morning');
    await expect.poll(() => bob.heard).toContain('<good> & morning');
    await bob.say('hello');
    await expect.poll(() => ann.heard).toContain('hello');

    const nick = bob.nick;
    await bob.leave();
    await expect.poll(() => ann.occupants).not.toContain(nick);
    expect(bob.seats.at(-1)?.end?.by).toBe('left');
  });

  it("joins a tenant's room with a name in Unicode, which is not the room of that name without tenant", async () => {
    const zoe = person('zoë', 'Café ☕', transport, 0, 'acme');
    const kim = person('kim', 'Café ☕', transport);
    const lee = person('lee', 'café ☕', transport, 1, 'acme');
    for (const one of [zoe, kim, lee]) await one.join('first', signal);
    await expect.poll(() => zoe.occupants).toContain(lee.nick);
    expect(zoe.occupants).not.toContain(kim.nick);
    expect(kim.occupants).not.toContain(zoe.nick);
  });

  it('goes where its proxy leads', async () => {
    expect((await person('cy', 'elsewhere', transport).join('first', signal)).shard).toBe('eu-2');
  });

  it('asks again after a 503, when it may', async () => {
    const seat = await person('dot', `refused-${transport}`, transport).join('first', signal);
    expect(seat.joinMs).toBeGreaterThan(1_900);
    expect(seat.startedAt).toBeLessThan(seat.joinedAt);
  });

  it('takes the other proxy when the first is dead', async () => {
    await fleet.kill(0);
    const eve = person('eve', 'dead-end', transport);
    expect((await eve.join('first', signal)).shard).toBe('eu-1');
    expect(eve.proxy).toBe(fleet.proxies[1]);
  });

  it('gives up when it is told to', async () => {
    const stop = new AbortController();
    const joining = person('gus', 'refused-for-gus', transport).join('first', stop.signal);
    stop.abort();
    await expect(joining).rejects.toThrow("gus can't join /refused-for-gus");
  });
});

describe('a participant whose proxy dies', () => {
  it('rejoins its meeting through the other one over a websocket', async () => {
    const stays = person('stays', 'survivors', 'websocket', 1);
    const flees = person('flees', 'survivors', 'websocket', 0);
    await stays.join('first', signal);
    await flees.join('warm', signal);
    const rejoined = once(flees, 'rejoined');
    await fleet.kill(0);
    expect((await rejoined)[0]).toMatchObject({ kind: 'rejoin', shard: 'eu-1' });
    expect(flees.seats.map((seat) => seat.end?.by)).toEqual(['connection', undefined]);
    await flees.say('back again');
    await expect.poll(() => stays.heard).toContain('back again');
  });

  it('keeps its BOSH session through the other one', async () => {
    const stays = person('stays', 'keepers', 'websocket', 1);
    const keeps = person('keeps', 'keepers', 'bosh', 0);
    await stays.join('first', signal);
    await keeps.join('warm', signal);
    await fleet.kill(0);
    await stays.say('are you there?');
    await expect.poll(() => keeps.heard, { timeout: 10_000 }).toContain('are you there?');
    await keeps.say('yes');
    await expect.poll(() => stays.heard).toContain('yes');
    expect(keeps.seats).toHaveLength(1);
    expect(keeps.proxy).toBe(fleet.proxies[1]);
  });

  it.each<Transport>(['websocket', 'bosh'])(
    'loses its seat over %s when the other leads elsewhere',
    async (transport) => {
      const lost = person('lost', 'wandering', transport, 0);
      await lost.join('first', signal);
      const rejoined = once(lost, 'rejoined');
      await fleet.kill(0);
      expect((await rejoined)[0]).toMatchObject({ kind: 'rejoin', shard: 'eu-2' });
    },
  );
});

describe('a participant whose shard dies', () => {
  it('says that its BOSH session was lost while its proxy lived', async () => {
    const lost = person('lost', 'elsewhere', 'bosh');
    await lost.join('first', signal);
    const ended = once(lost, 'lost');
    await fleet.restartProsody('eu-2');
    expect((await ended)[0]).toMatchObject({ shard: 'eu-2', end: { by: 'session' } });
  });
});
