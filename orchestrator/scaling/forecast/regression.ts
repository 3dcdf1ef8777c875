import { solveLinear } from './solve-linear.ts';

/** How a regression learns. */
export interface RegressionOptions {
  /** The weights that it starts from and that `ridge` draws it to. */
  readonly prior: readonly number[];
  /** What a pair counts after each later one, close below 1. */
  readonly forgetting: number;
  /** How strongly it holds on to the prior, in squared units of the features. */
  readonly ridge: number;
}

/**
 * Least squares over what was observed, the older the less, drawn to a prior. It keeps the sums of the normal
 * equations and solves them on demand: recursive least squares blew up on one trace (scaling.md).
 */
export class Regression {
  readonly #options: RegressionOptions;
  readonly #products: Float64Array[];
  readonly #moments: Float64Array;
  #weights: readonly number[];

  constructor(options: RegressionOptions) {
    const size = options.prior.length;
    this.#options = options;
    this.#products = Array.from({ length: size }, () => new Float64Array(size));
    this.#moments = new Float64Array(size);
    this.#weights = options.prior;
  }

  /** Learns that `features` were followed by `value`; predictions change with the next `solve`. */
  observe(features: readonly number[], value: number): void {
    const { forgetting } = this.#options;
    for (let row = 0; row < features.length; row += 1) {
      const products = this.#products[row] ?? new Float64Array();
      const factor = features[row] ?? 0;
      for (let column = 0; column < features.length; column += 1) {
        products[column] = (products[column] ?? 0) * forgetting + factor * (features[column] ?? 0);
      }
      this.#moments[row] = (this.#moments[row] ?? 0) * forgetting + factor * value;
    }
  }

  /** Takes all that was observed into the weights; where that has no solution they stay. */
  solve(): void {
    const { ridge, prior } = this.#options;
    const rows = this.#products.map((products, row) => {
      const equation = [...products, (this.#moments[row] ?? 0) + ridge * (prior[row] ?? 0)];
      equation[row] = (equation[row] ?? 0) + ridge;
      return equation;
    });
    this.#weights = solveLinear(rows) ?? this.#weights;
  }

  predict(features: readonly number[]): number {
    return features.reduce((sum, feature, index) => sum + feature * (this.#weights[index] ?? 0), 0);
  }
}
