import { describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import type { ProxyMaps } from '../maps/proxy-maps.ts';
import type { FeedEntry } from '../stick-table/events.ts';
import { StickTableMirror } from '../stick-table/mirror.ts';
import { ProxyKeeper } from './proxy-keeper.ts';
import type { ProxyServers } from './proxy-servers.ts';

/** A HAProxy whose answers are late at will: the orders that a real one shows once in a thousand times. */
function keeperOf() {
  const said: string[] = [];
  let gate = Promise.resolve();
  const step = (name: string) => async () => {
    await gate;
    said.push(name);
    return true;
  };
  const maps = {
    replace: step('replace'),
    apply: step('apply'),
    resync: step('resync'),
    repair: step('repair'),
    content: () => new Map(),
  };
  const keeper = new ProxyKeeper({
    maps: maps as unknown as ProxyMaps,
    servers: { open: async () => true, close: async () => true } as unknown as ProxyServers,
    ack: async (operation) => {
      said.push(`ack ${operation}`);
    },
    log: createLogger('test', 'silent'),
  });
  return {
    keeper,
    said,
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
  };
}

const hold: FeedEntry = {
  id: '2-0',
  event: { type: 'hold', payload: { operation: 'op1', buckets: { 'main/7': 'b' } } },
};

describe('ProxyKeeper', () => {
  it('acknowledges no change that came in while it looked, before that is in the maps', async () => {
    const { keeper, said, hold: holdBack } = keeperOf();
    const mirror = new StickTableMirror();
    await keeper.reset(mirror);
    said.length = 0;
    const release = holdBack();
    const looking = keeper.check();
    // As followFeed does it: the mirror first, then the follower.
    mirror.apply(hold.event);
    const advancing = keeper.advance([hold], mirror);
    release();
    await Promise.all([looking, advancing]);
    expect(said).toEqual(['resync', 'apply', 'ack op1']);
  });

  it('acknowledges nothing of a new table before that is in the maps', async () => {
    const { keeper, said, hold: holdBack } = keeperOf();
    await keeper.reset(new StickTableMirror());
    said.length = 0;
    const release = holdBack();
    const looking = keeper.check();
    const next = new StickTableMirror();
    next.apply(hold.event);
    const resetting = keeper.reset(next);
    release();
    await Promise.all([looking, resetting]);
    expect(said).toEqual(['resync', 'replace', 'ack op1']);
  });

  it('is not in step from when its table is found wrong until it has been read anew', async () => {
    const { keeper } = keeperOf();
    await keeper.reset(new StickTableMirror());
    await keeper.repair(false);
    expect(keeper.inStep).toBe(true);
    await keeper.repair(true);
    expect([keeper.inStep, keeper.wantsReset()]).toEqual([false, true]);
    await keeper.reset(new StickTableMirror());
    expect(keeper.inStep).toBe(true);
  });
});
