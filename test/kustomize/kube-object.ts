import { z } from 'zod';

const texts = z.record(z.string(), z.string());
const metadata = z.object({
  name: z.string().default(''),
  namespace: z.string().optional(),
  labels: texts.default({}),
  annotations: texts.default({}),
});

/** What every rendered object has; its spec as it stands. */
export const kubeObject = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata,
  spec: z.looseObject({}).optional(),
  data: texts.default({}),
  /** Of roles. */
  rules: z.array(z.looseObject({})).default([]),
  /** Of their bindings. */
  subjects: z.array(z.looseObject({})).default([]),
});

export type KubeObject = z.infer<typeof kubeObject>;

const quantities = z.record(z.string(), z.coerce.string()).default({});

const container = z.object({
  name: z.string(),
  image: z.string(),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
  envFrom: z.array(z.object({ configMapRef: z.object({ name: z.string() }) })).default([]),
  ports: z
    .array(
      z.object({
        name: z.string(),
        containerPort: z.int(),
        hostPort: z.int().optional(),
        protocol: z.string().default('TCP'),
      }),
    )
    .default([]),
  resources: z.object({ requests: quantities, limits: quantities }),
  readinessProbe: z.looseObject({}).optional(),
  livenessProbe: z.looseObject({}).optional(),
  startupProbe: z.looseObject({}).optional(),
  securityContext: z.unknown(),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })).default([]),
  command: z.array(z.string()).default([]),
  args: z.array(z.string()).default([]),
  lifecycle: z.object({ preStop: z.object({ exec: z.object({ command: z.array(z.string()) }) }) }).optional(),
});

export type Container = z.infer<typeof container>;

const workload = z.object({
  kind: z.enum(['Deployment', 'StatefulSet']),
  metadata,
  spec: z.object({
    replicas: z.int().optional(),
    selector: z.object({ matchLabels: texts }),
    template: z.object({
      metadata,
      spec: z.object({
        automountServiceAccountToken: z.boolean().optional(),
        enableServiceLinks: z.boolean().optional(),
        terminationGracePeriodSeconds: z.int().default(30),
        securityContext: z.unknown(),
        topologySpreadConstraints: z.array(z.looseObject({})).default([]),
        initContainers: z.array(container).default([]),
        containers: z.array(container),
        volumes: z.array(z.looseObject({ name: z.string() })).default([]),
      }),
    }),
  }),
});

export type Workload = z.infer<typeof workload>;

/** The objects that make pods, with all that the rules look at. */
export function workloadsOf(objects: readonly KubeObject[]): Workload[] {
  return objects
    .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
    .map((object) => workload.parse(object));
}

/** All containers of a workload's pods, those that run first too. */
export function containersOf({ spec }: Workload): Container[] {
  return [...spec.template.spec.initContainers, ...spec.template.spec.containers];
}
