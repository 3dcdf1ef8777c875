import { runBuckets } from '../buckets/run-buckets.ts';
import { runOperations } from '../operations/run-operations.ts';
import { runPins } from '../pins/run-pins.ts';
import { runRebuild } from '../rebuild/run-rebuild.ts';
import { runCensuses } from '../rooms/run-censuses.ts';
import { keepMemories } from '../scaling/control/keep-memories.ts';
import { keepLifetimes } from '../scaling/lifetimes/keep-lifetimes.ts';
import { recordLoads } from '../scaling/load-history/record-loads.ts';
import { runSignalling } from '../scaling/signalling/run-signalling.ts';
import { keepShards } from '../shards/keep-shards.ts';
import { runDowns } from '../shards/run-downs.ts';
import { runDrains } from '../shards/run-drains.ts';
import { showStatuses } from '../shards/show-statuses.ts';
import { runSplitDetector } from '../split-detector/run-split-detector.ts';
import { runUpgrade } from '../upgrade/run-upgrade.ts';
import type { Control } from './control.ts';

/** The control loops of one leadership, until `signal` aborts. */
export async function runControl(control: Control, signal: AbortSignal): Promise<void> {
  // What an earlier leadership knew beyond the table may have changed since.
  control.censuses.keepOnly(new Set());
  await Promise.all([
    keepShards(control, signal),
    runCensuses(control, signal),
    runOperations(control, signal),
    runBuckets(control, signal),
    runDrains(control, signal),
    runDowns(control, signal),
    showStatuses(control, signal),
    runUpgrade(control, signal),
    runSplitDetector(control, signal),
    runRebuild(control, signal),
    runPins(control, signal),
    recordLoads(control, signal),
    keepLifetimes(control, signal),
    keepMemories(control, signal),
    runSignalling(control, signal),
  ]);
}
