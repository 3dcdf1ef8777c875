import { z } from 'zod';
import { containersOf, type KubeObject, type Workload, workloadsOf } from '../kube-object.ts';

const texts = z.record(z.string(), z.string());
const port = z.object({
  port: z.union([z.int(), z.string()]),
  targetPort: z.string().optional(),
  endPort: z.int().optional(),
});
const labelSelector = z.object({
  matchLabels: texts.default({}),
  matchExpressions: z.array(z.object({ key: z.string(), values: z.array(z.string()) })).default([]),
});

const selecting = z.object({
  kind: z.enum(['Service', 'PodDisruptionBudget', 'NetworkPolicy', 'PodMonitor', 'ServiceMonitor']),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({
    selector: z.union([labelSelector.strict(), texts]).optional(),
    podSelector: labelSelector.optional(),
    ports: z.array(port).default([]),
    podMetricsEndpoints: z.array(port).default([]),
    endpoints: z.array(port).default([]),
    ingress: z.array(z.object({ ports: z.array(port).default([]) })).default([]),
  }),
});

type Selecting = z.infer<typeof selecting>;

/** What selects pods finds some of its own namespace, and its ports are theirs. */
export function selections(objects: readonly KubeObject[]): string[] {
  return objects.flatMap((object) => {
    const parsed = selecting.safeParse(object);
    return parsed.success ? findings(parsed.data, workloadsOf(objects)) : [];
  });
}

/** A workload's selector finds its own pods, and those of no other. */
export function ownPods(objects: readonly KubeObject[]): string[] {
  const workloads = workloadsOf(objects);
  return workloads.flatMap((one) => {
    const found = selected(workloads, one.metadata.namespace, one.spec.selector);
    return found.length === 1 && found[0] === one
      ? []
      : [`${one.metadata.name}: selects others' pods or none`];
  });
}

function findings({ kind, metadata, spec }: Selecting, workloads: readonly Workload[]): string[] {
  const what = `${kind} ${metadata.name}`;
  const found = selected(workloads, metadata.namespace, selectorOf(spec));
  if (found.length === 0) return [`${what}: selects nothing`];
  const ports = found.flatMap(containersOf).flatMap((one) => one.ports);
  const known = new Set<string | number>(ports.flatMap((one) => [one.name, one.containerPort]));
  return (
    [
      ...spec.ports,
      ...spec.podMetricsEndpoints,
      ...spec.endpoints,
      ...spec.ingress.flatMap((one) => one.ports),
    ]
      // A range is open whoever listens.
      .filter(({ endPort }) => endPort === undefined)
      .map((one) => one.targetPort ?? one.port)
      .filter((one) => !known.has(one))
      .map((one) => `${what}: nothing has the port ${one}`)
  );
}

function selectorOf({ selector, podSelector }: Selecting['spec']) {
  if (podSelector) return podSelector;
  const parsed = labelSelector.strict().safeParse(selector);
  return parsed.success && selector && ('matchLabels' in selector || 'matchExpressions' in selector)
    ? parsed.data
    : { matchLabels: texts.parse(selector) };
}

function selected(
  workloads: readonly Workload[],
  namespace: string | undefined,
  selector: { matchLabels?: Record<string, string>; matchExpressions?: { key: string; values: string[] }[] },
): Workload[] {
  return workloads.filter(({ metadata, spec }) => {
    const { labels } = spec.template.metadata;
    return (
      metadata.namespace === namespace &&
      Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
      (selector.matchExpressions ?? []).every(({ key, values }) => values.includes(labels[key] ?? ''))
    );
  });
}
