import { applyFeed, carry, resync } from '../proxy-keeper.ts';
import type { Rules } from '../rules.ts';
import { ack } from '../table/operations.ts';
import { claim } from '../table/rooms.ts';
import { reaches, type World } from '../world.ts';
import { roomName, type Step } from './step.ts';

/** What the agents may do next. */
export function* agentSteps(world: World, rules: Rules): Generator<Step> {
  for (const [agent, proxy] of world.proxies.entries()) {
    const name = `agent ${agent + 1}`;
    if (proxy.files) yield writeFiles(agent);
    if (proxy.maps && proxy.agent !== 'dead') {
      yield { story: `${name} tells its restarted proxy everything`, take: (next) => carry(next, agent) };
    }
    if (!reaches(world, agent)) continue;
    const [event] = proxy.unread;
    if (!proxy.inStep) {
      yield { story: `${name} reads the whole table`, take: (next) => resync(next, agent) };
    } else if (event) {
      const what = 'room' in event ? `${event.type} of ${roomName(event.room)}` : event.type;
      const where = 'shard' in event ? ` ${event.shard}` : '';
      yield { story: `${name} applies ${what}${where}`, take: (next) => applyFeed(next, agent, rules) };
    }
    if (!rules.mapsBeforeAck) yield* ackUnapplied(world, agent);
  }
  if (world.proxies.some((_, agent) => reaches(world, agent))) yield* lateClaims(world);
}

function* lateClaims(world: World): Generator<Step> {
  for (const [room, isLate] of world.lateClaims.entries()) {
    if (!isLate) continue;
    yield {
      story: `a claim for ${roomName(room)} that timed out runs late`,
      take(next) {
        next.lateClaims[room] = false;
        claim(next, room);
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
