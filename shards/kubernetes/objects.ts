import { z } from 'zod';

/** What every object says of itself, as far as usher reads it. Times are ISO 8601. */
const metadata = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string(),
  resourceVersion: z.string(),
  generation: z.int().optional(),
  creationTimestamp: z.iso.datetime(),
  deletionTimestamp: z.iso.datetime().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

/** Any object. */
export const clusterObject = z.object({ metadata });
export type ClusterObject = z.infer<typeof clusterObject>;

export const configMap = z.object({ metadata, data: z.record(z.string(), z.string()).optional() });
export type ConfigMap = z.infer<typeof configMap>;

export const namespace = clusterObject;
export type Namespace = z.infer<typeof namespace>;

/** `clusterIP` is `None` for one without an address of its own. */
export const service = z.object({
  metadata,
  spec: z.object({
    clusterIP: z.string().optional(),
    ports: z.array(z.object({ nodePort: z.int().optional() })).optional(),
  }),
});
export type Service = z.infer<typeof service>;

const ended = z.object({ reason: z.string().optional(), exitCode: z.int() });
export type ContainerEnd = z.infer<typeof ended>;

const container = z.object({
  name: z.string(),
  state: z
    .object({
      waiting: z.object({ reason: z.string().optional(), message: z.string().optional() }).optional(),
      running: z.object({ startedAt: z.iso.datetime() }).optional(),
      terminated: ended.optional(),
    })
    .optional(),
  lastState: z.object({ terminated: ended.optional() }).optional(),
});
export type Container = z.infer<typeof container>;

const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
});

export const pod = z.object({
  metadata,
  status: z.object({
    phase: z.string().optional(),
    podIP: z.string().optional(),
    conditions: z.array(condition).optional(),
    initContainerStatuses: z.array(container).optional(),
    containerStatuses: z.array(container).optional(),
  }),
});
export type Pod = z.infer<typeof pod>;

/** The API server leaves numbers of the status out where they are 0. */
const count = z.int().default(0);

export const deployment = z.object({
  metadata,
  spec: z.object({
    replicas: count,
    template: z.object({
      spec: z.object({ containers: z.array(z.object({ name: z.string(), image: z.string().optional() })) }),
    }),
  }),
  status: z
    .object({ observedGeneration: count, replicas: count, updatedReplicas: count })
    .default({ observedGeneration: 0, replicas: 0, updatedReplicas: 0 }),
});
export type Deployment = z.infer<typeof deployment>;
