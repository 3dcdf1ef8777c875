import type { FeedEvent } from '../feed-event.ts';
import { applyFeed, carry, carryOldWorker, resync, shutSessions } from '../proxy-keeper.ts';
import type { Rules } from '../rules.ts';
import { shards } from '../shards.ts';
import { ack } from '../table/operations.ts';
import { claim } from '../table/rooms.ts';
import { type ProxyState, reaches, type World } from '../world.ts';
import { roomName, type Step } from './step.ts';

/** What the agents may do next. */
export function* agentSteps(world: World, rules: Rules): Generator<Step> {
  for (const [agent, proxy] of world.proxies.entries()) {
    yield* keepProxy(world, agent, proxy, rules);
    if (!reaches(world, agent)) continue;
    const [event] = proxy.unread;
    if (!proxy.inStep) {
      yield { story: `agent ${agent + 1} reads the whole table`, take: (next) => resync(next, agent, rules) };
    } else if (event) yield applies(event, agent, rules);
    if (!rules.mapsBeforeAck) yield* ackUnapplied(world, agent);
    if (!rules.sessionsShutBeforeAck) yield* shutLate(world, agent);
  }
  if (world.table.up && world.proxies.some(({ agent }) => agent === 'following')) {
    yield* lateClaims(world, rules);
  }
}

/** The agent takes the next event of the feed. */
export function applies(event: FeedEvent, agent: number, rules: Rules): Step {
  const what = 'room' in event ? `${event.type} of ${roomName(event.room)}` : event.type;
  const where = 'shard' in event && event.shard ? ` ${event.shard}` : '';
  return {
    story: `agent ${agent + 1} applies ${what}${where}`,
    take: (next) => applyFeed(next, agent, rules),
  };
}

/** What it does for its HAProxy without Redis. */
function* keepProxy(world: World, agent: number, proxy: ProxyState, rules: Rules): Generator<Step> {
  const name = `agent ${agent + 1}`;
  if (proxy.files) yield writeFiles(agent);
  if (proxy.agent === 'dead') return;
  if (proxy.maps) {
    yield {
      story: `${name} tells its restarted proxy everything`,
      take: (next) => carry(next, agent, rules),
    };
  }
  if (world.oldWorker?.proxy === agent && world.oldWorker.maps) {
    yield {
      story: `${name} tells the old worker everything`,
      take: (next) => carryOldWorker(next, agent, rules),
    };
  }
}

function* lateClaims(world: World, rules: Rules): Generator<Step> {
  for (const [room, isLate] of world.lateClaims.entries()) {
    if (!isLate) continue;
    yield {
      story: `a claim for ${roomName(room)} that timed out runs late`,
      take(next) {
        next.lateClaims[room] = false;
        claim(next, room, rules);
      },
    };
  }
}

/** Only without the rule mapsBeforeAck. */
function* ackUnapplied(world: World, agent: number): Generator<Step> {
  for (const { id, acks } of world.table.operations) {
    if (acks[agent]) continue;
    yield {
      story: `agent ${agent + 1} acknowledges ${id} ahead of its maps`,
      take: (next) => ack(next, id, agent),
    };
  }
}

/** Only without the rule sessionsShutBeforeAck. */
function* shutLate(world: World, agent: number): Generator<Step> {
  for (const shard of shards) {
    if (world.proxies[agent]?.memory.slots[shard] !== null) continue;
    yield {
      story: `agent ${agent + 1} shuts the sessions to shard ${shard}`,
      take: (next) => shutSessions(next, agent, shard),
    };
  }
}

/** Only without the rule filesFirst. */
function writeFiles(agent: number): Step {
  return {
    story: `agent ${agent + 1} writes its map files`,
    take(next) {
      const proxy = next.proxies[agent];
      if (proxy) proxy.files = null;
    },
  };
}
