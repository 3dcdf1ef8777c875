import { UsherApi } from '../../../cli/api/usher-api.ts';
import { sleep, waitFor } from '../../../common/time.ts';
import type { RedisConnection } from '../../../haproxy/stick-table/connection.ts';
import { redisKey } from '../../../haproxy/stick-table/keys.ts';
import { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import { startRedis } from '../../real/redis.ts';
import { fleetName, startOrchestrator } from './orchestrator-process.ts';
import { seatRooms } from './seat-rooms.ts';
import { type WindowFigures, watchWindow } from './window.ts';
import type { World } from './world.ts';

/** How long the shards may take to be ready. */
const readyMs = 240_000;

/** Part of the pods that is replaced in a minute. */
const churn = 0.01;

/** What an orchestrator costs over so many shards. */
export interface SizeFigures {
  readonly shards: number;
  readonly bridges: number;
  /** From its start until each shard was probed once. */
  readonly probedAfterMs: number;
  /** Until each was ready and took rooms. */
  readonly readyAfterMs: number;
  /** Nothing changes. */
  readonly rest: WindowFigures;
  /** One bridge of a hundred is replaced a minute. */
  readonly churn: WindowFigures;
}

/** How long things take, milliseconds. */
export interface Durations {
  /** From all shards being ready until nothing changes any more: buckets are spread, rooms adopted. */
  readonly settleMs: number;
  readonly restMs: number;
  readonly churnMs: number;
}

/** Starts an orchestrator over the world's shards, with a Redis of its own, and watches it. */
export async function measureSize(
  world: World,
  { shards, bridges }: { shards: number; bridges: number },
  durations: Durations,
  signal: AbortSignal,
): Promise<SizeFigures> {
  await using cleanUp = new AsyncDisposableStack();
  // A fleet of pods refuses loopback, where nobody else would reach it.
  const server = await startRedis(['--bind', '0.0.0.0', '--protected-mode', 'no']);
  cleanUp.defer(() => server.stop());
  const redis = await server.connect();
  // An empty one would be rebuilt from the proxies' reports, and there are none.
  await new StickTable(redis, fleetName).bless(new Map());
  world.parts.probes();
  const begun = performance.now();
  const orchestrator = await startOrchestrator(world.directory, {
    kubeconfig: world.kubeconfig,
    redisUrl: server.url.replace('127.0.0.1', '10.200.0.2'),
  });
  cleanUp.defer(() => orchestrator.stop());
  const api = new UsherApi([orchestrator.base], signal);
  let probedAfterMs: number | undefined;
  const probed = new Set<number>();
  const isReady = async () => {
    for (const shard of world.parts.probes().keys()) probed.add(shard);
    if (probed.size === shards) probedAfterMs ??= performance.now() - begun;
    const known = await api.shards().catch(() => []);
    const ready = known.filter(({ admitted, observed }) => admitted && observed === 'ready');
    return ready.length === shards || undefined;
  };
  const describe = () =>
    `${probed.size} of ${shards} shards were probed, and not all are ready:\n${orchestrator.words()}`;
  await waitFor(isReady, { timeoutMs: readyMs, everyMs: 200, signal, describe });
  const readyAfterMs = performance.now() - begun;
  await bucketsSpread(redis, shards, signal);
  await seatRooms(world.parts, redis, shards);
  cleanUp.defer(() => world.parts.clear());
  await sleep(durations.settleMs, signal);
  const watched = { world, orchestrator, redis };
  const rest = await watchWindow(watched, durations.restMs, signal);
  const replacing = () => replaceBridges(world, shards, shards * bridges * churn, durations.churnMs, signal);
  const changing = await watchWindow(watched, durations.churnMs, signal, replacing);
  return {
    shards,
    bridges: shards * bridges,
    probedAfterMs: Math.round(probedAfterMs ?? readyAfterMs),
    readyAfterMs: Math.round(readyAfterMs),
    rest,
    churn: changing,
  };
}

/** Waits until every shard has buckets and none is moved. */
async function bucketsSpread({ redis }: RedisConnection, shards: number, signal: AbortSignal): Promise<void> {
  const isSpread = async () => {
    const preferred = new Set(await redis.hvals(redisKey(fleetName, 'preferences')));
    const moves = await redis.hlen(redisKey(fleetName, 'moves'));
    return (preferred.size === shards && moves === 0) || undefined;
  };
  const describe = () => 'the buckets are not spread over all shards';
  await waitFor(isSpread, { timeoutMs: readyMs, everyMs: 500, signal, describe });
}

/** So many a minute, each of another shard, evenly. */
async function replaceBridges(
  world: World,
  shards: number,
  perMinute: number,
  forMs: number,
  signal: AbortSignal,
): Promise<void> {
  const count = Math.round((perMinute * forMs) / 60_000);
  for (let index = 0; index < count && !signal.aborted; index += 1) {
    await world.replaceBridge((index % shards) + 1);
    await sleep(forMs / count, signal);
  }
}
