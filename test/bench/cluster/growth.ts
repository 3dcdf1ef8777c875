import type { SizeFigures } from './measure-size.ts';

/** How much more of each the last size costs than the first: 4 over four times the shards is in proportion. */
export interface Growth {
  readonly shards: number;
  readonly residentMb: number;
  readonly cpuSecondsPerMinute: number;
  readonly apiRequestsPerMinute: number;
  readonly redisCommandsPerMinute: number;
  readonly httpRequestsPerMinute: number;
  readonly readyAfterMs: number;
}

/** At rest. Undefined for less than two sizes. */
export function growthOf(sizes: readonly SizeFigures[]): Growth | undefined {
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (!first || !last || first === last) return undefined;
  const ratio = (figure: (size: SizeFigures) => number) =>
    Math.round((figure(last) / figure(first)) * 100) / 100;
  return {
    shards: ratio(({ shards }) => shards),
    residentMb: ratio(({ rest }) => rest.residentMb),
    cpuSecondsPerMinute: ratio(({ rest }) => rest.cpuSecondsPerMinute),
    apiRequestsPerMinute: ratio(({ rest }) => sum(rest.apiRequestsPerMinute)),
    redisCommandsPerMinute: ratio(({ rest }) => sum(rest.redisCommandsPerMinute)),
    httpRequestsPerMinute: ratio(({ rest }) => rest.httpRequestsPerMinute),
    readyAfterMs: ratio(({ readyAfterMs }) => readyAfterMs),
  };
}

/** Of all requests or commands. */
export function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
