import type { Control } from '../control/control.ts';
import { adviseSplit } from '../split-detector/describe-split.ts';
import { splitKinds } from '../split-detector/split.ts';
import type { SplitSummary, SplitsStatus } from './schema/splits.ts';

/** Splits in one answer; `counts` has them all. */
const listed = 1_000;

/** What the split detector's last look found, the worst first. */
export function viewSplits(control: Pick<Control, 'splits'>): SplitsStatus {
  const { last } = control.splits;
  const splits = (last?.splits ?? []).toSorted((a, b) => rank(a.kind) - rank(b.kind) || a.since - b.since);
  return {
    ...summarizeSplits(control),
    unread: [...(last?.unread ?? [])],
    splits: splits.slice(0, listed).map(({ kind, room, evidence, since }) => ({
      kind,
      room,
      since: new Date(since).toISOString(),
      evidence: evidence.map((one) => ({ ...one })),
      doThis: adviseSplit({ kind, evidence }),
    })),
  };
}

/** The same in figures alone. */
export function summarizeSplits({ splits: { last } }: Pick<Control, 'splits'>): SplitSummary {
  const count = (kind: string) => (last?.splits ?? []).filter((split) => split.kind === kind).length;
  return {
    lookedAt: last ? new Date(last.lookedAt).toISOString() : null,
    suspected: last?.suspected ?? 0,
    counts: Object.fromEntries(splitKinds.map((kind) => [kind, count(kind)])) as SplitSummary['counts'],
  };
}

function rank(kind: (typeof splitKinds)[number]): number {
  return kind === 'shard-split' ? -1 : splitKinds.indexOf(kind);
}
