/** Where a text stands in a cluster: a key of a ConfigMap's data, or usher's annotations of it. */
export interface Place {
  readonly namespace: string;
  readonly name: string;
  /** `annotations`, or a key of its data, which has a dot in it. */
  readonly part: string;
}

/** A place in words, as an operator reads it. */
export function pathOf({ namespace, name, part }: Place): string {
  return `configmap ${namespace}/${name}, ${part}`;
}

/** The place that `pathOf` put into words. @throws Error for any other text */
export function placeOf(path: string): Place {
  const [, namespace, name, part] = /^configmap (\S+)\/(\S+), (\S+)$/.exec(path) ?? [];
  if (namespace && name && part) return { namespace, name, part };
  throw new Error(`not a place in a cluster: ${path}`);
}
