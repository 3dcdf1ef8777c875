/**
 * Does `step` for every item in turn, also after it has failed for one: an operation that is stuck must not hold up
 * the others, whose buckets refuse new rooms meanwhile. Throws the first failure at the end.
 */
export async function attemptAll<T>(items: Iterable<T>, step: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) await step(item).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
