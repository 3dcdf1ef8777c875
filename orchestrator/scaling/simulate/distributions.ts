import type { Random } from '../../../common/random.ts';

/** A standard normal variate (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A variate whose logarithm is normal. */
export function lognormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(sigma * normal(random));
}

/** A Pareto variate: at least `minimum`, the heavier in its tail the smaller `alpha`. */
export function pareto(random: Random, minimum: number, alpha: number): number {
  return minimum * (1 - random()) ** (-1 / alpha);
}

/** An exponential variate. */
export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random());
}

/** A Poisson variate: by multiplication (Knuth), and for large means as a sum of smaller ones. */
export function poisson(random: Random, mean: number): number {
  if (mean > 30) return poisson(random, mean / 2) + poisson(random, mean / 2);
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}
