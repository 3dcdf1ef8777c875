import { UsherError } from '../../common/errors.ts';
import { sleep } from '../../common/time.ts';
import { hostPort } from '../../haproxy/config/address.ts';
import { bucketCount } from '../../haproxy/room-key/room-key.ts';
import type { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import { type FleetStatus, fleetStatus } from '../api/schema.ts';
import type { Fleet } from '../fleet/schema.ts';
import { processNames } from './fleet-processes.ts';

interface WaitOptions {
  fleet: Fleet;
  shards: readonly ShardSpec[];
  processes: ProcessDirectory;
  say(line: string): void;
  timeoutMs: number;
}

const askEveryMs = 200;

/** Waits until the fleet seats rooms; throws UsherError that says what is missing, with the last words of its log. */
export async function waitUntilUp(options: WaitOptions, signal: AbortSignal): Promise<FleetStatus> {
  const { fleet, processes, say } = options;
  const end = Date.now() + options.timeoutMs;
  let said = '';
  while (Date.now() < end) {
    signal.throwIfAborted();
    const status = await readStatus(fleet);
    const missing = whatIsMissing(status, options);
    if (missing === undefined && status) return status;
    if (missing && missing !== said) say(missing);
    said = missing ?? said;
    await sleep(askEveryMs, signal);
  }
  const tail = [processNames.supervisor, processNames.orchestrator].flatMap((name) =>
    processes.logTail(name, 3),
  );
  throw new UsherError(
    `the fleet is not up after ${options.timeoutMs / 1_000} s: ${said}; last words:\n  ${tail.join('\n  ')}`,
  );
}

/** In plain words, the first thing that still keeps the fleet from seating rooms; undefined when nothing does. */
export function whatIsMissing(
  status: FleetStatus | undefined,
  { fleet, shards }: Pick<WaitOptions, 'fleet' | 'shards'>,
): string | undefined {
  if (status === undefined) return 'waiting for the orchestrator';
  if (!status.redis.ok) return `waiting for Redis: ${status.redis.reason}`;
  const active = shards.filter(({ desired }) => desired === 'active');
  const waiting = active.flatMap(({ name }) => {
    const shard = status.shards.find((one) => one.name === name);
    return shard?.admitted ? [] : [`${name}${shard?.reason ? ` (${shard.reason})` : ''}`];
  });
  if (waiting.length > 0) return `waiting for shards: ${waiting.join(', ')}`;
  const buckets = status.shards.reduce((sum, shard) => sum + shard.buckets, 0);
  const pools = new Set(active.map(({ pool }) => pool)).size;
  if (buckets < bucketCount * pools) return 'waiting for the buckets to be spread';
  const behind = fleet.proxies.filter(
    ({ name }) => !status.proxies.some((one) => one.name === name && one.inStep),
  );
  if (behind.length > 0) return `waiting for proxies: ${behind.map(({ name }) => name).join(', ')}`;
  return undefined;
}

async function readStatus(fleet: Fleet): Promise<FleetStatus | undefined> {
  try {
    const url = `http://${hostPort(fleet.orchestrator.api)}/v1/status`;
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return response.ok ? fleetStatus.parse(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}
