import { copyTable } from '../copy.ts';
import type { Fault } from '../fault.ts';
import type { Rules } from '../rules.ts';
import { shards } from '../shards.ts';
import { oldWorkerNumber, type World } from '../world.ts';
import { lose } from './faults.ts';
import { roomName, type Step, workerName } from './step.ts';

/** How the fault goes on, or ends. */
export function* healSteps(world: World, fault: Fault, rules: Rules): Generator<Step> {
  yield* agents(world, fault, rules);
  yield* prosodies(world, rules);
  const { table, replica } = world;
  if (!table.up) yield { story: 'Redis is back', take: (next) => Object.assign(next.table, { up: true }) };
  if (replica) {
    yield {
      story: 'Redis fails over to its replica',
      take(next) {
        next.replica = null;
        lose(next, copyTable(replica));
      },
    };
  }
  if (world.view) {
    yield { story: 'the mirror has caught up', take: (next) => Object.assign(next, { view: null }) };
  }
  if (world.outOfReach) {
    const { proxy, shard } = world.outOfReach;
    const story = `${workerName(proxy)} reaches shard ${shard} again`;
    yield { story, take: (next) => Object.assign(next, { outOfReach: null }) };
  }
  if (world.oldWorker) {
    yield {
      story: 'the old worker ends',
      take(next) {
        next.oldWorker = null;
        next.participants = next.participants.map((one) =>
          'proxy' in one && one.proxy === oldWorkerNumber ? { at: 'home' } : one,
        );
      },
    };
  }
}

function* agents(world: World, fault: Fault, rules: Rules): Generator<Step> {
  for (const [index, { agent }] of world.proxies.entries()) {
    if (agent === 'following') continue;
    yield {
      story: `agent ${index + 1} is back${fault === 'feed-trimmed' ? ', and the feed was trimmed' : ''}`,
      take(next) {
        const proxy = next.proxies[index];
        if (!proxy) return;
        proxy.agent = 'following';
        if (fault !== 'feed-trimmed') return;
        proxy.unread = [];
        proxy.inStep = !rules.resyncAfterGap;
      },
    };
  }
}

function* prosodies(world: World, rules: Rules): Generator<Step> {
  for (const shard of shards) {
    const { state, ghosts } = world.prosodies[shard];
    const isKept = state === 'gone' && rules.goneStaysGone && world.table.operations.length > 0;
    if (world.looksDown === shard && !isKept) {
      const story = state === 'runs' ? 'looks well' : 'is started';
      yield {
        story: `shard ${shard} ${story} again`,
        take(next) {
          next.looksDown = null;
          next.prosodies[shard] = { state: 'runs', ghosts };
        },
      };
    }
    for (const [room, isGhost] of ghosts.entries()) {
      if (!isGhost) continue;
      yield {
        story: `shard ${shard} notices who is gone from ${roomName(room)}`,
        take(next) {
          next.prosodies[shard] = { state, ghosts: ghosts.with(room, false) };
        },
      };
    }
  }
}
