import { z } from 'zod';
import { Forecaster } from '../../forecast/forecaster.ts';
import type { ScaleDecision, ScalePolicy, ScaleView } from '../../scale-policy.ts';
import { usable } from '../pack.ts';
import { decideExist } from './decide-exist.ts';
import { decideOpen } from './decide-open.ts';
import { expectLoad } from './expected-load.ts';
import { FillLevel } from './fill-level.ts';
import { holdOf } from './hold.ts';
import { Inflow } from './inflow.ts';
import { lateJoiners } from './late-joiners.ts';
import { LoadWatch } from './load-watch.ts';

export interface ForecastOptions {
  /** Share of the bridges' minutes that may be hot. */
  readonly hotShare: number;
  /** What a bridge counts for when it is reckoned how many exist, as a share of what it should carry. */
  readonly existFill: number;
  /** Open room goes for this much more than what comes, in loads of a bridge. */
  readonly slack: number;
}

/** Tuned on the traces of scaling.md and on none of them alone: docs/decisions. */
const usualForecastOptions: ForecastOptions = { hotShare: 0.0498, existFill: 0.96, slack: 0.2 };

/** Open room goes for so many minutes' inflow, within so many standard deviations. */
const inflowMinutes = 2;
const inflowDeviations = 1;
/** Kept free above what is expected, and so much more beside an empty shard: one meeting may fill a bridge. */
const reserve = 0.05;
const reserveWhenEmpty = 0.5;
/** Hardly a start takes as long: after it one is not reckoned with until it is there. */
const startsWithinMs = 8 * 60_000;
/** Before, one that starts counts for so much of a bridge: some come late, and some not at all. */
const startingCounts = 0.75;

/** The forecaster counts people: hundredths of a bridge's load. */
const perBridge = 100;

const numbers = z.array(z.number());
const rememberedForecast = z.object({
  inflow: z.object({ shares: numbers, scatter: z.number() }),
  fillLevel: z.number(),
});

/**
 * Bridges ahead of the load: those that exist by the highest load that the next 25 minutes may bring, those that are open
 * by what comes in the next half hour, filled in the order in which meetings hold them.
 */
export class ForecastPolicy implements ScalePolicy {
  readonly #options: ForecastOptions;
  readonly #forecaster = new Forecaster();
  #inflow = new Inflow();
  #fill: FillLevel;
  #watch = new LoadWatch();

  constructor(options: Partial<ForecastOptions> = {}) {
    this.#options = { ...usualForecastOptions, ...options };
    this.#fill = new FillLevel(this.#options.hotShare);
  }

  observe(wallMs: number, load: number | undefined): void {
    this.#forecaster.observe(wallMs, load === undefined ? undefined : perBridge * load);
  }

  memory(): unknown {
    return { inflow: this.#inflow.memory(), fillLevel: this.#fill.level };
  }

  begin(memory: unknown): void {
    const { inflow, fillLevel } = rememberedForecast.safeParse(memory).data ?? {};
    this.#inflow = new Inflow(inflow);
    this.#fill = new FillLevel(this.#options.hotShare, fillLevel);
    this.#watch = new LoadWatch();
  }

  decide(view: ScaleView): ScaleDecision {
    const { bridges, nowMs, wallMs, survival } = view;
    const { slack, existFill } = this.#options;
    const { load, of, slope } = this.#learn(view);
    const expected = expectLoad(load, slope, this.#forecaster.forecast());
    const inflow = this.#inflow.within(wallMs, load, inflowMinutes, inflowDeviations);
    const soon = Math.max(inflow, expected.within5 - load) / perBridge;
    const later = (expected.within30 - load) / perBridge;
    const held = bridges.reduce((sum, { meetings }) => sum + meetings.length, 0);
    const perMeeting = load / perBridge / Math.max(1, held);
    const there = usable(bridges).map(({ name, state, meetings }) => {
      const coming = lateJoiners(meetings, nowMs, perMeeting);
      const full = (of.get(name) ?? 0) + coming;
      return { name, isOpen: state === 'open', load: full, coming, hold: holdOf(meetings, nowMs, survival) };
    });
    const opened = decideOpen(there, Math.max(soon, later) + slack, this.#fill.level);
    const highest = (expected.within25 - load) / perBridge;
    const starting = bridges.filter(({ state }) => state === 'starting');
    const timely = starting.filter(({ startedMs }) => nowMs - startedMs < startsWithinMs);
    const free = usable(bridges).map(({ name }) => Math.max(0, existFill - (of.get(name) ?? 0)));
    const existing = decideExist(
      {
        bridges: there.length + starting.length,
        free: free.reduce((sum, one) => sum + one, startingCounts * timely.length * existFill),
        rise: Math.max(highest, soon),
      },
      { existFill, reserve: reserve + reserveWhenEmpty / (1 + load / perBridge) },
    );
    const reasons = [
      existing.reason,
      opened.reason,
      ...(expected.isSurge ? ['the load has left its band'] : []),
    ];
    const forecast = {
      within5: expected.within5 / perBridge,
      within25: expected.within25 / perBridge,
      within30: expected.within30 / perBridge,
    };
    return { exist: existing.exist, open: opened.open, forecast, reasons };
  }

  #learn({ bridges, wallMs }: ScaleView) {
    const seen = this.#watch.look(wallMs, bridges);
    if (seen.gained) {
      this.#inflow.observe(wallMs, seen.gained.load, seen.gained.before);
      this.#fill.observe([...seen.of.values()]);
    }
    return seen;
  }
}
