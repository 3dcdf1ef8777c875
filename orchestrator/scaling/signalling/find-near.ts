import type { Signalling } from './signalling.ts';
import type { ShardSignalling } from './signalling-book.ts';

/** Who was near a limit is so until this far below it: who is about there is said to be so once. */
const relief = 0.05;

/** Is it near its limit? What is not known stays as it was. */
export function isNear(ratio: number | undefined, nearAt: number, wasNear: boolean): boolean {
  if (ratio === undefined) return wasNear;
  return ratio >= (wasNear ? nearAt - relief : nearAt);
}

/** The same signalling, with which of it is near its limit. @param before as of the last look */
export function findNear(
  shards: ReadonlyMap<string, Signalling>,
  nearAt: number,
  before: ReadonlyMap<string, ShardSignalling>,
): Map<string, ShardSignalling> {
  return new Map(
    [...shards].map(([name, signalling]) => [
      name,
      { ...signalling, isNear: isNear(signalling.ratio, nearAt, before.get(name)?.isNear ?? false) },
    ]),
  );
}
