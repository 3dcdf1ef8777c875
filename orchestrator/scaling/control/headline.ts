import { totalLoad } from '../policies/pack.ts';
import type { SeenBridge } from '../scale-policy.ts';
import type { ScaleLook } from '../shard-scaler.ts';

/** What a decision is told from. */
export interface HeadlineView {
  readonly bridges: readonly SeenBridge[];
  readonly look: ScaleLook;
  readonly bridgeMbps: number;
  /** As `ScaleView.wallMs`. */
  readonly wallMs: number;
}

const aheadMs = 25 * 60_000;

/** A decision in a line: `open 7 -> 8, 9 there: expected +310 Mbit/s by 14:15, 99 % band`. */
export function headlineOf({ bridges, look, bridgeMbps, wallMs }: HeadlineView): string {
  const { wanted, decision } = look;
  const open = bridges.filter(({ name, state }) => state === 'open' && !decision.end?.has(name)).length;
  const there = bridges.filter(({ name, state }) => state !== 'ending' && !decision.end?.has(name)).length;
  const counts = `open ${change(open, decision.open.size)}, ${change(there, decision.exist)} there`;
  if (!wanted.forecast) return counts;
  const rise = Math.max(0, wanted.forecast.within25 - totalLoad(bridges)) * bridgeMbps;
  const by = new Date(wallMs + aheadMs).toISOString().slice(11, 16);
  return `${counts}: expected +${Math.round(rise)} Mbit/s by ${by}, 99 % band`;
}

function change(before: number, after: number): string {
  return before === after ? `${after}` : `${before} -> ${after}`;
}
