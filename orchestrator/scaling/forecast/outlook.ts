import { featuresOf, type Span, seasonalIncrement } from './features.ts';
import type { History } from './history.ts';
import { Regression } from './regression.ts';
import { Residuals } from './residuals.ts';
import { daySteps } from './step.ts';

/** Learning by scaling.md's figures. */
const forgetting = 0.9997;
const ridge = 200;
/** The weights are taken anew every hour. */
const stepsToSolve = 12;
/** Before there are residuals: a band of so many roots of a load, and of this share of it. */
const firstBand = { roots: 2, share: 0.3 };
/** In its first days it is no wider: a few residuals say nothing of rare ones, and the first morning is no rule. */
const firstSteps = 2 * daySteps;

/** What was said at one step, to be compared with what came. */
interface Saying {
  readonly features: readonly number[];
  readonly root: number;
  readonly quantiles: ReadonlyMap<number, number>;
}

/**
 * The forecast of the highest load within one span ahead, by seasonal-increment regression (scaling.md): the mean and
 * quantiles. It learns as it goes and starts from nothing, by persistence and a wide band.
 */
export class Outlook {
  readonly #span: Span;
  readonly #levels: readonly number[];
  readonly #regression = new Regression({ prior: seasonalIncrement, forgetting, ridge });
  readonly #residuals = new Residuals();
  /** The last `to` sayings, the oldest first. */
  readonly #sayings: (Saying | undefined)[] = [];
  #steps = 0;

  /** @param levels the quantiles that it is asked for */
  constructor(span: Span, levels: readonly number[]) {
    this.#span = span;
    this.#levels = levels;
  }

  /** Learns from what came and looks ahead; `history` has the last step, which `isKnown` unless it was missing. */
  step(history: History, isKnown: boolean): void {
    this.#learn(history, isKnown);
    if (this.#steps % stepsToSolve === 0) this.#regression.solve();
    this.#steps += 1;
    this.#sayings.push(isKnown ? this.#say(history) : undefined);
  }

  /** The load expected; undefined before the first step, and after a missing one. */
  mean(): number | undefined {
    const root = this.#sayings.at(-1)?.root;
    return root === undefined ? undefined : root ** 2;
  }

  /** What the load does not exceed with this probability, one of the levels. */
  quantile(level: number): number | undefined {
    const root = this.#sayings.at(-1)?.quantiles.get(level);
    return root === undefined ? undefined : root ** 2;
  }

  #say(history: History): Saying {
    const features = featuresOf(history, this.#span);
    const root = Math.max(0, this.#regression.predict(features));
    const until = history.step + this.#span.to;
    const first = firstBand.roots + firstBand.share * root;
    const quantiles = this.#levels.map((level) => {
      const told = this.#residuals.quantile(until, level) ?? first;
      const miss = this.#steps < firstSteps ? Math.min(told, first) : told;
      return [level, Math.max(0, root + miss)] as const;
    });
    return { features, root, quantiles: new Map(quantiles) };
  }

  #learn(history: History, isKnown: boolean): void {
    const { from, to } = this.#span;
    if (this.#sayings.length < to) return;
    const said = this.#sayings.shift();
    if (!said || !isKnown) return;
    let came = 0;
    for (let age = to - from; age >= 0; age -= 1) came = Math.max(came, history.rootAgo(age));
    this.#regression.observe(said.features, came);
    this.#residuals.observe(history.step, came - said.root);
    for (const [level, root] of said.quantiles) this.#residuals.covered(level, came <= root);
  }
}
