import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Growth, growthOf, sum } from './growth.ts';
import type { SizeFigures } from './measure-size.ts';
import type { WindowFigures } from './window.ts';

const root = join(import.meta.dirname, '../../..');

export interface ClusterBenchOptions {
  readonly json: boolean;
  /** How many, one size after the other. */
  readonly shards?: readonly number[];
  /** Of each shard. */
  readonly bridges?: number;
}

/** What `bench cluster` prints. */
export interface ClusterBench {
  readonly sizes: readonly SizeFigures[];
  readonly growth: Growth | undefined;
}

/**
 * What one orchestrator costs over a cluster of so many shards, at rest and while pods change: a real control plane,
 * pods kept by kwok, and one process that answers as every part of every shard. Without `json` it prints a table.
 */
export async function clusterBench(options: ClusterBenchOptions): Promise<ClusterBench> {
  const { shards = [50, 200], bridges = 20 } = options;
  await succeed('bash', ['scripts/cluster-tools.sh', 'kwok']);
  const measured = await succeed('bash', [
    ...['scripts/cluster-network.sh', 'node', 'test/bench/cluster/main.ts'],
    ...['--shards', shards.join(','), '--bridges', `${bridges}`],
  ]);
  const sizes = JSON.parse(measured) as SizeFigures[];
  const result = { sizes, growth: growthOf(sizes) };
  if (!options.json) process.stdout.write(describe(result));
  return result;
}

/** What a program says on stdout; it writes to stderr itself. @throws Error when it fails */
async function succeed(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) throw new Error(`${args.slice(0, 3).join(' ')} ended with exit code ${code}`);
  return said;
}

function describe({ sizes, growth }: ClusterBench): string {
  const lines = sizes.flatMap((size) => [
    `${size.shards} shards, ${size.bridges} bridges: all probed after ${size.probedAfterMs} ms, all ready after ${size.readyAfterMs} ms\n`,
    `  at rest       ${describeWindow(size.rest)}\n`,
    `  1 %/min new   ${describeWindow(size.churn)}\n`,
  ]);
  return `${lines.join('')}growth at rest: ${JSON.stringify(growth)}\n`;
}

function describeWindow(window: WindowFigures): string {
  return (
    `${window.residentMb} MB, ${window.cpuSecondsPerMinute} CPU s/min, event loop p99 ${window.eventLoopDelayP99Ms} ms, ` +
    `a minute: ${sum(window.apiRequestsPerMinute)} API requests, ${sum(window.redisCommandsPerMinute)} Redis commands, ` +
    `${window.httpRequestsPerMinute} probes over ${window.httpConnectionsPerMinute} connections; ` +
    `keeper's round p50 ${window.keeperRoundP50Ms} ms`
  );
}
