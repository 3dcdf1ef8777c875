/** Every combination of the values given for each key. */
export function grid<T extends Record<string, readonly unknown[]>>(
  axes: T,
): { readonly [K in keyof T]: T[K][number] }[] {
  const combine = (sofar: Record<string, unknown>[], [key, values]: [string, readonly unknown[]]) =>
    sofar.flatMap((one) => values.map((value) => ({ ...one, [key]: value })));
  return Object.entries(axes).reduce(combine, [{}]) as { readonly [K in keyof T]: T[K][number] }[];
}
