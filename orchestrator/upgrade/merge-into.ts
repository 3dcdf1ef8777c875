import { type Document, isCollection, isMap, isScalar, isSeq } from 'yaml';

/** Makes `value` what stands at `path`, and touches only what differs, so that comments stay where they are. */
export function mergeInto(document: Document, path: readonly (string | number)[], value: unknown): void {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const fits = Array.isArray(value) ? isSeq(node) : isMap(node);
  if (typeof value !== 'object' || value === null || !fits || !isCollection(node)) {
    if (!isScalar(node) || node.value !== value) document.setIn(path, document.createNode(value));
    return;
  }
  node.flow = false;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  for (const [key, one] of entries) mergeInto(document, [...path, isSeq(node) ? Number(key) : key], one);
  const kept = new Set(entries.map(([key]) => key));
  const present = isSeq(node)
    ? node.items.map((_, index) => index)
    : Object.keys(node.toJS(document) as object);
  for (const key of present.toReversed()) if (!kept.has(String(key))) document.deleteIn([...path, key]);
}
