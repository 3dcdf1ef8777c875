import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiBases } from '../../../cli/api/open-api.ts';
import { UsherApi } from '../../../cli/api/usher-api.ts';
import { waitFor } from '../../../common/time.ts';
import { startTemporaryFleet } from '../../fleet/running-fleet.ts';
import { type BaselineOptions, startBaseline } from '../baseline/baseline.ts';
import { interruption } from '../interruption.ts';
import { faultsOn } from './faults.ts';
import { runCase, type SplitCase } from './run-case.ts';

export interface SplitBenchOptions {
  json: boolean;
  /** New rooms of each case. */
  rooms?: number;
  /** Told how far it is; stderr unless given. */
  say?(line: string): void;
}

const shards = { 'eu-1': 'eu', 'eu-2': 'eu', 'us-1': 'us', 'us-2': 'us' };
const turns = 8;
/** So long that no room of a run ends in it: HTTP clients show in no census. */
const graceMs = 600_000;

/**
 * New rooms entered by several at once over two proxies: how many are split, with all well, with an agent killed and
 * with Redis killed, and beside it, in turns, the baseline over the same shards. Without `json` it prints a table.
 */
export async function splitBench(options: SplitBenchOptions): Promise<SplitCase[]> {
  const { rooms = 2_000, say = sayOnStderr } = options;
  await using cleanUp = new AsyncDisposableStack();
  const { signal } = cleanUp.use(interruption());
  const directory = await mkdtemp(join(tmpdir(), 'usher-split-'));
  cleanUp.defer(() => rm(directory, { recursive: true, force: true }));
  const fleet = await startTemporaryFleet({ shards, timings: { graceMs } }, say, signal);
  cleanUp.defer(() => fleet.stop());
  const api = new UsherApi(apiBases(fleet.fleet), signal);
  const baseline = await startBaseline({ shards: await websOf(api), directory });
  cleanUp.defer(() => baseline.stop());

  const cases: SplitCase[] = [];
  const roomsInTurn = Math.ceil(rooms / turns);
  for (const fault of faultsOn('proxy-1')) {
    await waitForProxies(api, signal);
    const result = await runCase({ fleet, api, baseline, fault, rooms, roomsInTurn, signal, say });
    say(`${fault.fault}: ${result.split} of ${rooms} rooms split, baseline ${result.baselineSplit}`);
    cases.push(result);
  }
  if (!options.json) process.stdout.write(describeCases(cases));
  return cases;
}

function sayOnStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function websOf(api: UsherApi): Promise<BaselineOptions['shards']> {
  const all = await api.shards();
  return all.map(({ name, web }) => {
    const { hostname, port } = new URL(web);
    return { name, host: hostname, port: Number(port) };
  });
}

/** A killed agent has to be back before the next case. */
async function waitForProxies(api: UsherApi, signal: AbortSignal): Promise<void> {
  const allBack = async () => {
    const proxies = await api.proxies();
    return proxies.every(({ inStep, error }) => inStep && error === null) || undefined;
  };
  const describe = () => 'not every proxy is in step again after a minute';
  await waitFor(allBack, { timeoutMs: 60_000, everyMs: 200, signal, describe });
}

function describeCases(cases: readonly SplitCase[]): string {
  const lines = cases.map(
    ({ fault, rooms, participants, ...rest }) =>
      `${fault.padEnd(6)} ${rooms} rooms, ${participants} participants: split ${rest.split}, baseline ${rest.baselineSplit}\n` +
      `       killed ${rest.kills} times in ${rest.downMs} ms, refused ${rest.refused}, retries ${rest.retries}, seated by fallback ${rest.seatedByFallback}, ` +
      `misplaced ${rest.misplaced}, first join p50 ${rest.firstJoinRatio.p50}x p99 ${rest.firstJoinRatio.p99}x the baseline's\n`,
  );
  return lines.join('');
}
