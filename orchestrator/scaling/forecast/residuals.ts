import { Scatter } from './scatter.ts';
import { SortedWindow } from './sorted-window.ts';
import { hourOfDay } from './step.ts';

/** Residuals kept for each hour of weekdays and weekends, and for all together (scaling.md). */
const hourRoom = 336;
const roomForAll = 2016;
/** With so many residuals of its hour, half of a quantile is the hour's own. */
const halfOwn = 48;
/** How fast a level follows what was covered (adaptive conformal inference). */
const gamma = 0.004;

/**
 * By how much a forecast is missed. Its quantiles hold their level: what is covered too seldom is widened until it is
 * covered as often as it says.
 */
export class Residuals {
  readonly #hours = Array.from({ length: 48 }, () => new SortedWindow(hourRoom));
  /** All residuals are as those of a usual step of the hour. */
  readonly #scatter = new Scatter();
  readonly #all = new SortedWindow(roomForAll);
  /** Asked level -> the level that covers as much. */
  readonly #levels = new Map<number, number>();

  /** The forecast of this step was missed by so much. */
  observe(step: number, residual: number): void {
    const scaled = residual / this.#scatter.at(step);
    this.#hours[hourOfDay(step)]?.push(scaled);
    this.#all.push(scaled);
    this.#scatter.observe(step, residual);
  }

  /** Tells whether a quantile of `level` covered what then came. */
  covered(level: number, wasCovered: boolean): void {
    const present = this.#levels.get(level) ?? level;
    const next = present + gamma * (level - (wasCovered ? 1 : 0));
    this.#levels.set(level, Math.min(0.9995, Math.max(0.01, next)));
  }

  /** What the residual of this step does not exceed with this probability; undefined before there was any. */
  quantile(step: number, level: number): number | undefined {
    if (this.#all.size === 0) return undefined;
    const adapted = this.#levels.get(level) ?? level;
    const own = this.#hours[hourOfDay(step)];
    const whole = this.#all.quantile(adapted);
    const share = own === undefined ? 0 : own.size / (own.size + halfOwn);
    const scaled = share > 0 && own ? share * own.quantile(adapted) + (1 - share) * whole : whole;
    return this.#scatter.at(step) * scaled;
  }
}
