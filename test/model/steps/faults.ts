import { copyMaps, copyTable } from '../copy.ts';
import type { Fault } from '../fault.ts';
import { type Shard, shards } from '../shards.ts';
import { emptyTable } from '../table/rebuild.ts';
import type { Table } from '../table/table.ts';
import type { ProxyState, World } from '../world.ts';
import type { Step } from './step.ts';

/** The run's fault, which may strike at any moment. */
export function* faultSteps(world: World, fault: Fault): Generator<Step> {
  if (world.faultsLeft === 0) return;
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
        proxy.maps = {
          rooms: proxy.memory.rooms.map(() => null),
          bucket: null,
          slots: { a: null, b: null },
        };
        dropRequests(next, index);
      });
      return;
    case 'proxy-reloads':
      yield* eachProxy(world, 'HAProxy reloads, its old worker still serves', (_, next, index) => {
        next.oldWorker = { proxy: index, maps: null };
      });
      return;
    case 'shard-dies':
      yield* eachShard('dies', (shard, next) => {
        next.looksDown = shard;
        next.prosodies[shard] = { state: 'died', ghosts: next.lateClaims.map(() => false) };
        next.participants = next.participants.map((one) =>
          one.at === 'meeting' && one.shard === shard ? { at: 'home' } : one,
        );
      });
      return;
    case 'shard-looks-down':
      yield* eachShard('looks down, and lives', (shard, next) => Object.assign(next, { looksDown: shard }));
      return;
    case 'shard-out-of-reach':
      yield* eachShard('cannot be reached by proxy 1', (shard, next) => {
        next.outOfReach = { proxy: 0, shard };
        next.participants = next.participants.map((one) =>
          one.at === 'meeting' && one.shard === shard && one.proxy === 0 ? { at: 'home' } : one,
        );
      });
      return;
    case 'redis-down':
      yield strike('Redis goes down', (next) => Object.assign(next.table, { up: false }));
      return;
    case 'redis-emptied':
      yield strike('Redis loses everything', (next) => lose(next, emptyTable(next)));
      return;
    case 'redis-fails-over':
      yield strike('the replica of Redis falls behind', (next) =>
        Object.assign(next, { replica: copyTable(next.table) }),
      );
      return;
    case 'orchestrator-stops':
      yield strike('the orchestrator stops, another goes on', forgetCensuses);
      return;
    case 'orchestrator-lags':
      yield strike("the orchestrator's mirror falls behind", (next) => {
        const { placements, operations } = next.table;
        next.view = {
          placements: [...placements],
          operations: operations.map(({ id, phase }) => ({ id, phase })),
        };
      });
      return;
    default:
      fault satisfies never;
  }
}

/** Another Redis takes over, or the same without its data: nobody has blessed it. */
export function lose(world: World, table: Table): void {
  world.table = { ...table, blessed: false };
  for (const proxy of world.proxies) proxy.inStep = false;
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

function* eachShard(story: string, change: (shard: Shard, next: World) => void): Generator<Step> {
  for (const shard of shards) yield strike(`shard ${shard} ${story}`, (next) => change(shard, next));
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
  world.participants = world.participants.map((one) =>
    one.at !== 'home' && one.at !== 'meeting' && one.proxy === index ? { at: 'home' } : one,
  );
}

/** All else is in the table. */
function forgetCensuses(world: World): void {
  for (const operation of world.table.operations) {
    operation.covered = false;
    operation.shown = operation.shown.map(() => null);
  }
}
