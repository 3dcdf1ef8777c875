import { z } from 'zod';
import type { KubeObject } from './kube-object.ts';

const texts = z.record(z.string(), z.string());
const selector = z.object({
  matchLabels: texts.default({}),
  matchExpressions: z.array(z.object({ key: z.string(), values: z.array(z.string()) })).default([]),
});
const source = z.object({ namespaceSelector: selector.optional(), podSelector: selector.optional() });
const policy = z.object({
  podSelector: selector,
  ingress: z
    .array(
      z.object({
        from: z.array(source).optional(),
        ports: z.array(z.object({ port: z.union([z.int(), z.string()]) })).optional(),
      }),
    )
    .default([]),
});

/** Who knocks, from which namespace. */
export interface Peer {
  readonly namespace: string;
  readonly name: string;
}

/** Whether the NetworkPolicies of a shard's namespace let `peer` to the port, of this name or number, of `target`. */
export function mayReach(
  objects: readonly KubeObject[],
  namespace: string,
  peer: Peer,
  target: string,
  ports: readonly (string | number)[],
): boolean {
  const policies = objects
    .filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.namespace === namespace)
    .map(({ spec }) => policy.parse(spec))
    .filter(({ podSelector }) => matches(podSelector, { 'app.kubernetes.io/name': target }));
  if (policies.length === 0) return true;
  return policies
    .flatMap(({ ingress }) => ingress)
    .some(
      (rule) =>
        (rule.ports?.some(({ port }) => ports.includes(port)) ?? true) &&
        (rule.from?.some((from) => isFrom(from, peer, namespace)) ?? true),
    );
}

function isFrom(from: z.infer<typeof source>, { namespace, name }: Peer, own: string): boolean {
  const fromNamespace = from.namespaceSelector
    ? matches(from.namespaceSelector, { 'kubernetes.io/metadata.name': namespace })
    : namespace === own;
  return (
    fromNamespace && (!from.podSelector || matches(from.podSelector, { 'app.kubernetes.io/name': name }))
  );
}

function matches(
  { matchLabels, matchExpressions }: z.infer<typeof selector>,
  labels: Record<string, string>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? ''))
  );
}
