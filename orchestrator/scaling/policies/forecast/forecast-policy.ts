import { z } from 'zod';
import { Forecaster } from '../../forecast/forecaster.ts';
import type { ScaleDecision, ScalePolicy, ScaleView } from '../../scale-policy.ts';
import { usable } from '../pack.ts';
import { ClosingLevel } from './closing-level.ts';
import { decideExist, type ExistOptions } from './decide-exist.ts';
import { decideOpen } from './decide-open.ts';
import { expectLoad } from './expected-load.ts';
import { holdOf } from './hold.ts';
import { Inflow } from './inflow.ts';
import { LoadWatch } from './load-watch.ts';
import { Margins } from './margins.ts';

export interface ForecastOptions extends ExistOptions {
  /** Up to this share of its load a bridge counts as having room. */
  readonly fillTo: number;
  /** Share of the bridges' minutes that may be hot. */
  readonly hotShare: number;
  /** Open room goes for so many minutes' inflow, within so many standard deviations, and for this much more. */
  readonly inflowMinutes: number;
  readonly inflowDeviations: number;
  readonly slack: number;
  /** A rise is reckoned this much higher than it is forecast: what is steep is missed by more. */
  readonly caution: number;
}

/** Tuned on the traces of scaling.md and on none of them alone: docs/decisions. */
const usualForecastOptions: ForecastOptions = {
  existFill: 0.93,
  reserve: 0.1,
  fillTo: 0.75,
  hotShare: 0.046,
  inflowMinutes: 2,
  inflowDeviations: 2,
  slack: 0.2,
  caution: 1.15,
};

/** The forecaster counts people: hundredths of a bridge's load. */
const perBridge = 100;

const numbers = z.array(z.number());
const rememberedForecast = z.object({
  inflow: z.object({ shares: numbers, scatter: z.number() }),
  margins: numbers,
  closingLevel: z.number(),
});

/**
 * Bridges ahead of the load: those that exist by the forecast of the next half hour, those that are open by what comes
 * in the next minutes, filled in the order in which meetings hold them.
 */
export class ForecastPolicy implements ScalePolicy {
  readonly #options: ForecastOptions;
  readonly #forecaster = new Forecaster();
  #inflow = new Inflow();
  #margins = new Margins();
  #closing: ClosingLevel;
  #watch = new LoadWatch();

  constructor(options: Partial<ForecastOptions> = {}) {
    this.#options = { ...usualForecastOptions, ...options };
    this.#closing = new ClosingLevel(this.#options.hotShare);
  }

  observe(wallMs: number, load: number | undefined): void {
    this.#forecaster.observe(wallMs, load === undefined ? undefined : perBridge * load);
  }

  memory(): unknown {
    return {
      inflow: this.#inflow.memory(),
      margins: this.#margins.memory(),
      closingLevel: this.#closing.level,
    };
  }

  begin(memory: unknown): void {
    const { inflow, margins, closingLevel } = rememberedForecast.safeParse(memory).data ?? {};
    this.#inflow = new Inflow(inflow);
    this.#margins = new Margins(margins);
    this.#closing = new ClosingLevel(this.#options.hotShare, closingLevel);
    this.#watch = new LoadWatch();
  }

  decide(view: ScaleView): ScaleDecision {
    const { bridges, nowMs, wallMs, survival } = view;
    const { fillTo, slack, existFill, inflowMinutes, inflowDeviations, caution } = this.#options;
    const { load, of, slope } = this.#learn(view);
    const expected = expectLoad(load, slope, this.#forecaster.forecast());
    const inflow = this.#inflow.within(wallMs, load, inflowMinutes, inflowDeviations) / 100;
    const there = usable(bridges).map(({ name, state, meetings }) => ({
      name,
      isOpen: state === 'open',
      load: of.get(name) ?? 0,
      hold: holdOf(meetings, nowMs, survival),
    }));
    const room = Math.max(inflow, (expected.within5 - load) / 100) + slack;
    const opened = decideOpen(there, room, { fillTo, closeAt: this.#closing.level });
    const starting = bridges.filter(({ state }) => state === 'starting').length;
    const free = there.reduce(
      (sum, bridge) => sum + Math.max(0, existFill - bridge.load),
      starting * existFill,
    );
    const rise =
      Math.max((caution * (expected.highest15 - load)) / 100, room - slack) + this.#margins.at(wallMs);
    const laterRise = (expected.within30 - load) / 100;
    const existing = decideExist({ bridges: there.length + starting, free, rise, laterRise }, this.#options);
    const reasons = [
      existing.reason,
      opened.reason,
      ...(expected.isSurge ? ['the load has left its band'] : []),
    ];
    const forecast = {
      within5: expected.within5 / perBridge,
      within15: expected.highest15 / perBridge,
      within30: expected.within30 / perBridge,
    };
    return { exist: existing.exist, open: opened.open, forecast, reasons };
  }

  #learn({ bridges, wallMs }: ScaleView) {
    const seen = this.#watch.look(wallMs, bridges);
    if (seen.gained) {
      this.#inflow.observe(wallMs, seen.gained.load, seen.gained.before);
      const loads = [...seen.of.values()];
      this.#closing.observe(loads);
      this.#margins.observe(wallMs, loads);
    }
    return seen;
  }
}
