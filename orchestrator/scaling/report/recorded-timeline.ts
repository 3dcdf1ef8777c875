import { stepMs } from '../forecast/step.ts';
import type { LoadStep } from '../load-history/load-step.ts';
import { wallTimeOf } from '../rules/wall-time.ts';
import { fullStress } from '../scale-view.ts';
import type { Column, Span, Timeline } from '../simulate/timeline.ts';
import { loadOf, type RecordedShard } from './recorded-shard.ts';

/** A step as it is drawn, in bridges; `fullest` is the load of the fullest one, as far as it is known. */
interface DrawnStep {
  readonly load: number;
  readonly exist: number;
  readonly open: number;
  readonly fullest: number;
}

/**
 * What was recorded, as it can be drawn beside simulations: with `most` columns at most. A gap shows what was known
 * before it. Undefined when nothing is known.
 *
 * @param sinceMs what is before it is left out, by the clocks on the shard's walls
 */
export function recordedTimeline(
  shard: RecordedShard,
  most: number,
  sinceMs = Number.NEGATIVE_INFINITY,
): Timeline | undefined {
  const beganMs = wallTimeOf(shard.timeZone)(shard.from * stepMs);
  const skipped = Math.max(0, Math.ceil((sinceMs - beganMs) / stepMs));
  const steps = withoutGaps(shard.steps.map((step) => drawnOf(step, shard.bridgeBitsPerSecond))).slice(
    skipped,
  );
  if (steps.length === 0) return undefined;
  const width = Math.ceil(steps.length / most);
  const columns = Array.from({ length: Math.ceil(steps.length / width) }, (_, index) =>
    columnOf(steps.slice(index * width, (index + 1) * width)),
  );
  return { startMs: beganMs + skipped * stepMs, columnMs: width * stepMs, columns };
}

function drawnOf(step: LoadStep, bridgeBitsPerSecond: number): DrawnStep | undefined {
  const { bridges, openBridges = bridges, highestStress = 0 } = step;
  const load = loadOf(step, bridgeBitsPerSecond);
  if (load === undefined || bridges === undefined || openBridges === undefined) return undefined;
  const fullest = Math.max(highestStress / fullStress, load / Math.max(1, bridges));
  return { load, exist: bridges, open: openBridges, fullest };
}

function withoutGaps(steps: readonly (DrawnStep | undefined)[]): DrawnStep[] {
  let last = steps.find((step) => step !== undefined);
  return steps.flatMap((step) => {
    last = step ?? last;
    return last ?? [];
  });
}

function columnOf(steps: readonly DrawnStep[]): Column {
  const share = (above: number) => steps.filter(({ fullest }) => fullest > above).length / steps.length;
  const span = (key: keyof DrawnStep): Span => {
    const values = steps.map((step) => step[key]);
    return { low: Math.min(...values), high: Math.max(...values) };
  };
  const [load, exist, open] = [span('load'), span('exist'), span('open')];
  return { load, exist, open, hot: share(0.8), overloaded: share(1) };
}
