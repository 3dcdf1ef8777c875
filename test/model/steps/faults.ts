import { copyMaps } from '../copy.ts';
import type { Fault, Rules } from '../rules.ts';
import type { ProxyState, World } from '../world.ts';
import type { Step } from './step.ts';

/** The run's fault, which may strike at any moment, and after it its end. */
export function* faultSteps(world: World, fault: Fault, rules: Rules): Generator<Step> {
  if (world.faultsLeft > 0) yield* strikes(world, fault);
  else yield* heals(world, fault, rules);
}

function* strikes(world: World, fault: Fault): Generator<Step> {
  switch (fault) {
    case 'none':
      return;
    case 'agent-dies':
      yield* eachProxy(world, 'agent dies', (proxy) =>
        Object.assign(proxy, { agent: 'dead', inStep: false, unread: [] }),
      );
      return;
    case 'agent-cut':
    case 'feed-trimmed':
      yield* eachProxy(world, 'agent is cut from Redis', (proxy) => Object.assign(proxy, { agent: 'cut' }));
      return;
    case 'proxy-restarts-with-files':
      yield* eachProxy(world, 'HAProxy restarts from its files', (proxy, next, index) => {
        proxy.maps = proxy.files && copyMaps(proxy.files);
        dropRequests(next, index);
      });
      return;
    case 'proxy-restarts-empty':
      yield* eachProxy(world, 'HAProxy restarts with empty maps', (proxy, next, index) => {
        proxy.maps = { rooms: proxy.memory.rooms.map(() => null), bucket: null };
        dropRequests(next, index);
      });
      return;
    case 'redis-down':
      yield strike('Redis goes down', (next) => Object.assign(next.table, { up: false }));
      return;
    case 'orchestrator-stops':
      yield strike('the orchestrator stops, another goes on', forgetCensuses);
      return;
    default:
      fault satisfies never;
  }
}

function* heals(world: World, fault: Fault, rules: Rules): Generator<Step> {
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
  if (!world.table.up) {
    yield { story: 'Redis is back', take: (next) => Object.assign(next.table, { up: true }) };
  }
}

function* eachProxy(
  world: World,
  story: string,
  change: (proxy: ProxyState, next: World, index: number) => void,
): Generator<Step> {
  for (const index of world.proxies.keys()) {
    yield strike(`proxy ${index + 1}: ${story}`, (next) => {
      const proxy = next.proxies[index];
      if (proxy) change(proxy, next, index);
    });
  }
}

function strike(story: string, change: (next: World) => void): Step {
  return {
    story: `FAULT ${story}`,
    take(next) {
      next.faultsLeft -= 1;
      change(next);
    },
  };
}

/** Requests under way end with the process; who is in a meeting may leave by itself. */
function dropRequests(world: World, index: number): void {
  world.participants = world.participants.map((participant) =>
    'proxy' in participant && participant.proxy === index ? { at: 'home' } : participant,
  );
}

/** All else is in the table. */
function forgetCensuses(world: World): void {
  for (const operation of world.table.operations) {
    operation.covered = false;
    operation.shown = operation.shown.map(() => null);
  }
}
