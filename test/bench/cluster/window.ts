import { open, stat } from 'node:fs/promises';
import { sleep } from '../../../common/time.ts';
import type { RedisConnection } from '../../../haproxy/stick-table/connection.ts';
import { countRequests } from './audit-log.ts';
import type { OrchestratorProcess } from './orchestrator-process.ts';
import { commandCalls } from './redis-commands.ts';
import type { World } from './world.ts';

/** What an orchestrator costs for a while. */
export interface WindowFigures {
  readonly seconds: number;
  readonly residentMb: number;
  readonly heapMb: number;
  readonly cpuSecondsPerMinute: number;
  readonly eventLoopDelayP99Ms: number;
  readonly eventLoopDelayMaxMs: number;
  /** Of the Kubernetes API, by verb and resource. */
  readonly apiRequestsPerMinute: Readonly<Record<string, number>>;
  readonly redisCommandsPerMinute: Readonly<Record<string, number>>;
  /** Of the shards' parts: probes, censuses, bridges' statistics. */
  readonly httpRequestsPerMinute: number;
  readonly httpConnectionsPerMinute: number;
  /** From one probe of a shard to its next, without the pause between them. */
  readonly keeperRoundP50Ms: number;
  readonly keeperRoundMaxMs: number;
}

/** A keeper's pause between two rounds: the default of `timings.probeEveryMs`. */
const probeEveryMs = 2_000;

/** Watches for so long; `meanwhile` is done in it. */
export async function watchWindow(
  { world, orchestrator, redis }: { world: World; orchestrator: OrchestratorProcess; redis: RedisConnection },
  forMs: number,
  signal: AbortSignal,
  meanwhile?: () => Promise<void>,
): Promise<WindowFigures> {
  const [from, calls, begun] = [await sizeOf(world.auditLog), await commandCalls(redis), performance.now()];
  const before = await orchestrator.figures();
  world.parts.counts();
  world.parts.probes();
  await Promise.all([sleep(forMs, signal), meanwhile?.()]);
  signal.throwIfAborted();
  const after = await orchestrator.figures();
  const counts = world.parts.counts();
  const rounds = [...world.parts.probes().values()].flatMap(pauses).sort((one, other) => one - other);
  const seconds = (performance.now() - begun) / 1_000;
  const perMinute = (amount: number) => round((amount * 60) / seconds);
  const called = [...(await commandCalls(redis))].map(
    ([name, count]) => [name, count - (calls.get(name) ?? 0)] as const,
  );
  const requests = countRequests(await textFrom(world.auditLog, from));
  return {
    seconds: round(seconds),
    residentMb: round(after.residentBytes / 1e6),
    heapMb: round(after.heapBytes / 1e6),
    cpuSecondsPerMinute: perMinute(after.cpuSeconds - before.cpuSeconds),
    eventLoopDelayP99Ms: round(after.delayP99Ms),
    eventLoopDelayMaxMs: round(after.delayMaxMs),
    apiRequestsPerMinute: sorted(requests, perMinute),
    redisCommandsPerMinute: sorted(called, perMinute),
    httpRequestsPerMinute: Math.round(perMinute(counts.requests)),
    httpConnectionsPerMinute: Math.round(perMinute(counts.connections)),
    keeperRoundP50Ms: round(rounds[Math.floor(rounds.length / 2)] ?? 0),
    keeperRoundMaxMs: round(rounds.at(-1) ?? 0),
  };
}

function pauses(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0) - probeEveryMs);
}

function sorted(
  counts: Iterable<readonly [string, number]>,
  perMinute: (amount: number) => number,
): Record<string, number> {
  const made = [...counts].filter(([, count]) => count > 0);
  return Object.fromEntries(
    made.sort(([, one], [, other]) => other - one).map(([name, count]) => [name, perMinute(count)]),
  );
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}

async function textFrom(path: string, offset: number): Promise<string> {
  await using file = await open(path);
  const { size } = await file.stat();
  const { buffer } = await file.read({ buffer: Buffer.alloc(size - offset), position: offset });
  return buffer.toString();
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
