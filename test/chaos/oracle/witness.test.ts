import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../../common/time.ts';
import { Participant } from '../../participants/participant.ts';
import { startTwoProxies, type TwoProxies } from '../../participants/testing/two-proxies.ts';
import type { Transport } from '../../participants/xmpp-login.ts';
import { FaultLog } from './fault-log.ts';
import type { Violation } from './room-book.ts';
import { Witness } from './witness.ts';

const signal = AbortSignal.timeout(120_000);

describe('Witness of real clients', { timeout: 60_000 }, () => {
  let two: TwoProxies;
  const people: Participant[] = [];
  // The second proxy sends one room to another shard than the first does.
  beforeAll(async () => {
    two = await startTwoProxies([{}, { astray: 'eu-2' }]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(people.map((one) => one.leave()));
    await two?.close();
  });

  const meet = async (witness: Witness, name: string, transports: readonly Transport[]) => {
    const room = { tenant: '', name };
    for (const [index, transport] of transports.entries()) {
      const proxies = index === 0 ? two.proxies : two.proxies.toReversed();
      const person = new Participant({ name: `p${index + 1}`, room, transport, proxies });
      people.push(person);
      witness.follow(`/${name}`, person, (url) => url);
      await person.join('first', signal);
    }
  };
  const found = (violations: readonly Violation[], kind: Violation['kind']) =>
    waitFor(() => violations.find((one) => one.kind === kind), {
      timeoutMs: 15_000,
      describe: () => `no ${kind} among ${violations.length} violations`,
    });

  it('sees a room on two shards, and who is where', async () => {
    const witness = new Witness(new FaultLog(), () => undefined);
    await meet(witness, 'astray', ['websocket', 'bosh']);
    expect((await found(witness.violations, 'split')).what).toBe('p1 on eu-1 while p2 on eu-2');
    await found(witness.violations, 'moved');
    await witness.letGo('/astray', 'p1');
  });

  it('sees a session that ends with a proxy that nobody is said to have hit, and none when it was', async () => {
    const faults = new FaultLog();
    const blaming = new Witness(faults, () => undefined);
    const unaware = new Witness(new FaultLog(), () => undefined);
    await Promise.all([
      meet(blaming, 'blamed', ['websocket', 'websocket']),
      meet(unaware, 'unblamed', ['websocket', 'websocket']),
    ]);
    expect(unaware.settledRooms(0)).toEqual(new Map([['/unblamed', 'eu-1']]));
    faults.begin(
      { kind: 'kill-proxy', target: 'the first', blame: { proxies: [two.proxies[0]] } },
      Date.now(),
    );
    await two.kill(0);
    expect((await found(unaware.violations, 'cut')).what).toContain('p1 lost its connection on eu-1');
    expect(blaming.violations).toEqual([]);
  });
});
