import { messageOf } from '../../common/errors.ts';
import { loop } from '../../common/loop.ts';
import { agentDiff } from '../../haproxy/agent/status.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { incarnationOf } from '../../haproxy/stick-table/records.ts';
import { askAgent } from '../api/ask-agent.ts';
import { outcomeOf } from '../audit/audit.ts';
import { type Control, operationId } from '../control/control.ts';
import { bucketKey } from '../rooms/run-censuses.ts';
import { confirmed, nextSuspicions, type Suspicions } from './confirm-splits.ts';
import { decideRepairs, type Repair } from './decide-repairs.ts';
import { findSplits } from './find-splits.ts';
import { readSplitView } from './read-view.ts';
import { recordFound, recordRepair } from './record-splits.ts';
import type { ConfirmedSplit } from './split.ts';

/** Looks in a row that must show the same before it counts. */
const looksToConfirm = 2;
/** An agent looks twice itself before it repairs, and reads Redis in between. */
const repairTimeoutMs = 15_000;

/** Compares table, proxies and censuses again and again, and repairs what can be without moving people. */
export async function runSplitDetector(control: Control, signal: AbortSignal): Promise<void> {
  const { splitsEveryMs, graceMs, censusEveryMs, censusesToEnd } = control.fleet.timings;
  // A room ends by censuses, tombstones, G and censuses again; as long once more for whoever is slow.
  const staleMs = 2 * (graceMs + 2 * censusesToEnd * censusEveryMs) + splitsEveryMs;
  let suspicions: Suspicions = new Map();
  let known: readonly ConfirmedSplit[] = [];
  await loop('splits', splitsEveryMs, signal, control.log, async () => {
    const mirror = control.mirror();
    // A table that was lost says nothing of its rooms; it is rebuilt by others.
    if (!mirror || !(await control.table.isBlessed())) return;
    const { view, unread } = await readSplitView(control, mirror);
    const found = await findSplits(view);
    if (signal.aborted) return;
    const now = Date.now();
    suspicions = nextSuspicions(suspicions, found, new Set(unread.map(({ where }) => where)), now);
    const splits = confirmed(suspicions, { looks: looksToConfirm, graceMs, staleMs }, now);
    control.splits.record({ lookedAt: now, splits, suspected: suspicions.size - splits.length, unread });
    recordFound(control, known, splits);
    known = splits;
    for (const repair of decideRepairs(repairView(mirror, splits))) {
      if (signal.aborted) return;
      recordRepair(control, repair, await carryOut(control, repair));
    }
  });
  control.splits.forget();
}

function repairView(mirror: StickTableMirror, splits: readonly ConfirmedSplit[]) {
  return {
    splits,
    bucketOf: (room: string) => bucketKey(mirror, room),
    preferred(bucket: string) {
      const shard = mirror.shards.get(mirror.preferences.get(bucket) ?? '');
      return shard && { name: shard.name, incarnation: incarnationOf(shard) };
    },
    moving: mirror.moves.size > 0,
  };
}

/** `ok`, or why nothing came of it. */
async function carryOut(control: Control, repair: Repair): Promise<string> {
  try {
    if (repair.do === 'repair-proxy') return await repairProxy(control, repair.proxy);
    const answer =
      repair.do === 'adopt'
        ? await control.table.adopt(repair.rooms)
        : await control.table.hold(operationId('move'), repair.targets);
    return outcomeOf(answer);
  } catch (error) {
    return messageOf(error);
  }
}

async function repairProxy(control: Control, proxy: string): Promise<string> {
  const agent = (await control.table.agents()).get(proxy);
  if (!agent) return 'its agent is not registered';
  const answer = await askAgent(agent.http, '/v1/repair', agentDiff, {
    method: 'POST',
    timeoutMs: repairTimeoutMs,
  });
  return outcomeOf(answer);
}
