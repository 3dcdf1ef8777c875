import { UsherError } from '../../common/errors.ts';
import { sleep } from '../../common/time.ts';
import { hostPort, reachable } from '../../haproxy/config/address.ts';
import type { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import { type FleetStatus, fleetStatus } from '../api/schema/fleet.ts';
import type { Fleet } from '../fleet/schema.ts';
import { orchestratorsOf, processNames } from './fleet-processes.ts';
import { lastError, lastWords } from './last-words.ts';
import { complaintsOf, whatIsMissing } from './what-is-missing.ts';

interface WaitOptions {
  fleet: Fleet;
  shards: readonly ShardSpec[];
  processes: ProcessDirectory;
  say(line: string): void;
  timeoutMs: number;
}

const askEveryMs = 200;

/**
 * Waits until the fleet seats rooms.
 * @throws UsherError that says what is missing, with the last words of what failed: after `timeoutMs`, or as soon
 * as the supervisor says that a process keeps ending.
 */
export async function waitUntilUp(options: WaitOptions, signal: AbortSignal): Promise<FleetStatus> {
  const { fleet, shards, processes, say, timeoutMs } = options;
  const end = Date.now() + timeoutMs;
  let missing: string | undefined;
  let complaints: string[] = [];
  while (Date.now() < end) {
    const status = await readStatus(fleet, signal);
    signal.throwIfAborted();
    const missingNow = whatIsMissing(status, fleet, shards);
    if (status && missingNow === undefined) return status;
    if (missingNow !== undefined && missingNow !== missing) say(missingNow);
    missing = missingNow;
    complaints = complaintsOf(status);
    checkSupervisor(processes);
    await sleep(askEveryMs, signal);
  }
  throw new UsherError(
    `the fleet is not up after ${timeoutMs / 1_000} s: ${missing}${saidBy(fleet, processes, complaints)}`,
  );
}

function checkSupervisor(processes: ProcessDirectory): void {
  if (!processes.isRunning(processNames.supervisor)) {
    throw new UsherError(
      withLines('the supervisor has ended', lastWords(processes, processNames.supervisor)),
    );
  }
  const failed = lastError(processes, processNames.supervisor);
  if (failed === undefined) return;
  const lines = failed.lastWords ?? [failed.error ?? failed.msg];
  throw new UsherError(withLines(`${failed.process ?? 'a process'} does not start`, lines));
}

/** What the processes that decide have to complain of. */
function saidBy(fleet: Fleet, processes: ProcessDirectory, complaints: readonly string[]): string {
  const names = [processNames.supervisor, ...orchestratorsOf(fleet).map(({ name }) => name)];
  const words = names.flatMap((name) => lastWords(processes, name).map((line) => `${name}: ${line}`));
  return withLines('', [...complaints, ...words]);
}

function withLines(summary: string, lines: readonly string[]): string {
  return lines.length === 0 ? summary : `${summary}; last words:\n  ${lines.join('\n  ')}`;
}

/** Undefined when no orchestrator's API answers, or not in its words. One that stands by does not. */
async function readStatus({ orchestrator }: Fleet, signal: AbortSignal): Promise<FleetStatus | undefined> {
  for (const api of orchestrator.api) {
    const status = await readStatusFrom(`http://${hostPort(reachable(api))}/v1/status`, signal);
    if (status) return status;
  }
  return undefined;
}

async function readStatusFrom(url: string, signal: AbortSignal): Promise<FleetStatus | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) });
    return response.ok ? fleetStatus.parse(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}
