import { z } from 'zod';
import type { KubeObject } from './kube-object.ts';

const texts = z.record(z.string(), z.string());
const selector = z.object({
  matchLabels: texts.default({}),
  matchExpressions: z.array(z.object({ key: z.string(), values: z.array(z.string()) })).default([]),
});
const source = z.union([
  z.strictObject({ namespaceSelector: selector.optional(), podSelector: selector.optional() }),
  // Of what is no pod.
  z.strictObject({ ipBlock: z.object({ cidr: z.string() }) }),
]);
const policy = z.object({
  podSelector: selector,
  ingress: z
    .array(
      z.object({
        from: z.array(source).optional(),
        ports: z
          .array(z.object({ port: z.union([z.int(), z.string()]), protocol: z.string().default('TCP') }))
          .optional(),
      }),
    )
    .default([]),
});

/** Who knocks, from which namespace. */
export interface Peer {
  readonly namespace: string;
  readonly name: string;
}

/** A pod, as policies see it. */
export interface PolicyPod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A port of a pod, by all that a policy may say of it. */
export interface PolicyPort {
  readonly named: readonly (string | number)[];
  readonly protocol: string;
}

/** Whether the NetworkPolicies of a shard's namespace let `peer` to the port, of this name or number, of `target`. */
export function mayReach(
  objects: readonly KubeObject[],
  namespace: string,
  peer: Peer,
  target: string,
  ports: readonly (string | number)[],
): boolean {
  const pod = ({ namespace: where, name }: Peer) => {
    return { namespace: where, labels: { 'app.kubernetes.io/name': name } };
  };
  const to = pod({ namespace, name: target });
  return ['TCP', 'UDP'].some((protocol) => reaches(objects, pod(peer), to, { named: ports, protocol }));
}

/** Whether the NetworkPolicies among these objects let one pod to a port of another. */
export function reaches(
  objects: readonly KubeObject[],
  from: PolicyPod,
  to: PolicyPod,
  { named, protocol }: PolicyPort,
): boolean {
  const policies = objects
    .filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.namespace === to.namespace)
    .map(({ spec }) => policy.parse(spec))
    .filter(({ podSelector }) => matches(podSelector, to.labels));
  if (policies.length === 0) return true;
  return policies
    .flatMap(({ ingress }) => ingress)
    .some(
      (rule) =>
        (rule.ports?.some((one) => named.includes(one.port) && one.protocol === protocol) ?? true) &&
        (rule.from?.some((one) => isFrom(one, from, to.namespace)) ?? true),
    );
}

function isFrom(one: z.infer<typeof source>, { namespace, labels }: PolicyPod, own: string): boolean {
  if ('ipBlock' in one) return false;
  const fromNamespace = one.namespaceSelector
    ? matches(one.namespaceSelector, { 'kubernetes.io/metadata.name': namespace })
    : namespace === own;
  return fromNamespace && (!one.podSelector || matches(one.podSelector, labels));
}

function matches(
  { matchLabels, matchExpressions }: z.infer<typeof selector>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? ''))
  );
}
