import type { UsherApi } from '../../../cli/api/usher-api.ts';
import { sleep } from '../../../common/time.ts';
import { shardNameOf } from '../../../haproxy/stick-table/records.ts';
import { latencyOf } from '../../demo/latency.ts';
import type { RunningFleet } from '../../fleet/running-fleet.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { JoinRoomsResult, RoomOutcome } from './clients.ts';
import { type Fault, type FaultName, keepDown } from './faults.ts';
import { joinInTurns, side } from './turns.ts';

/** One case of the split benchmark: ours and the baseline under the same joins. */
export interface SplitCase {
  fault: FaultName;
  /** Each entered once by ours and once by the baseline. */
  rooms: number;
  participants: number;
  /** Rooms of ours whose participants sit on more than one shard. */
  split: number;
  baselineSplit: number;
  /** Times that the fault's process was killed. */
  kills: number;
  /** How long it was kept down, in milliseconds. */
  downMs: number;
  /** Participants of ours who got no shard before their patience ended. */
  refused: number;
  /** Participants of ours who had to ask again, each time counted. */
  retries: number;
  /** Rooms of ours that got their shard without any claim, from the proxies' bucket tables alone. */
  seatedByFallback: number;
  /** Rooms of ours whose placement in the stick table is not where their participants are. */
  misplaced: number;
  /** First joins of ours as multiples of the baseline's. */
  firstJoinRatio: { p50: number; p99: number };
}

export interface CaseOptions {
  fleet: RunningFleet;
  api: UsherApi;
  baseline: Baseline;
  fault: Fault;
  rooms: number;
  roomsInTurn: number;
  signal: AbortSignal;
  say(line: string): void;
}

/** Enters new rooms while the fault comes and goes. */
export async function runCase(options: CaseOptions): Promise<SplitCase> {
  const { fleet, fault, rooms, say } = options;
  const ours = side(fleet.fleet.proxies.flatMap(({ bind }) => bind.slice(0, 1)));
  const baseline = side(options.baseline.proxies);
  const over = new AbortController();
  let kills = Promise.resolve(0);
  let begunAt: number | undefined;
  let downMs = 0;
  try {
    await joinInTurns(ours, baseline, {
      rooms,
      roomsInTurn: options.roomsInTurn,
      prefix: fault.fault,
      signal: options.signal,
      onProgress(done) {
        if (fault.process !== undefined && begunAt === undefined && done >= fault.from * rooms) {
          begunAt = performance.now();
          say(`${fault.fault}: ${fault.process} is killed after ${done} rooms, and whenever it comes back`);
          kills = keepDown(fleet.processes, fault.process, over.signal);
        }
        if (begunAt !== undefined && !over.signal.aborted && done >= fault.until * rooms) {
          over.abort();
          downMs = Math.round(performance.now() - begunAt);
          say(`${fault.fault}: ${fault.process} may come back after ${done} rooms`);
        }
      },
    });
  } finally {
    over.abort();
    await kills;
  }
  return {
    fault: fault.fault,
    rooms: ours.total.rooms,
    participants: ours.total.participants,
    split: ours.total.split,
    baselineSplit: baseline.total.split,
    kills: await kills,
    downMs,
    refused: ours.total.refused,
    retries: ours.total.retries,
    ...(await compareWithTable(options.api, ours.total.outcomes)),
    firstJoinRatio: ratio(ours.total, baseline.total),
  };
}

/** More than it takes the orchestrator to hear of a seat. */
const feedMs = 1_000;

/** The orchestrator remembers the table as it last was when Redis is gone. */
async function compareWithTable(
  api: UsherApi,
  outcomes: readonly RoomOutcome[],
): Promise<Pick<SplitCase, 'seatedByFallback' | 'misplaced'>> {
  await sleep(feedMs);
  const placements = await api.rooms({ limit: 100_000 });
  const table = new Map(placements.map(({ room, shard }) => [room, shardNameOf(shard)]));
  let seatedByFallback = 0;
  let misplaced = 0;
  for (const { room, shards } of outcomes) {
    const seats = shards.filter((shard) => shard !== undefined);
    const placed = table.get(`/${room}`);
    if (placed === undefined) seatedByFallback += seats.length > 0 ? 1 : 0;
    else if (seats.some((shard) => shard !== placed)) misplaced += 1;
  }
  return { seatedByFallback, misplaced };
}

function ratio(ours: JoinRoomsResult, baseline: JoinRoomsResult): SplitCase['firstJoinRatio'] {
  const [one, other] = [latencyOf(ours.firstJoinMs), latencyOf(baseline.firstJoinMs)];
  const of = (a: number, b: number) => Math.round((a / b) * 100) / 100;
  return { p50: of(one.p50, other.p50), p99: of(one.p99, other.p99) };
}
