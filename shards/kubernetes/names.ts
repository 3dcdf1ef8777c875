/** Labels, annotations and names that usher and the manifests under kustomize/ agree on. */

/** Label of every object of a shard: its name. */
export const shardLabel = 'usher.dev/shard';

/** Label that Kubernetes recommends, of a pod: which part of the shard it is. */
export const partLabel = 'app.kubernetes.io/name';

/** Label of a bridge's pod, put on by the orchestrator: its own name, for the selector of its own Service. */
export const bridgeLabel = 'usher.dev/bridge';

/** Annotation of a bridge's pod: `nodeport` asks for a NodePort Service of its own. */
export const mediaAnnotation = 'usher.dev/media';

/** Annotation of a bridge's pod, put on by the orchestrator: the UDP port by which the world reaches it. */
export const mediaPortAnnotation = 'usher.dev/media-port';

/** Annotation of the bridges' Deployment: `hpa` leaves their number to a HorizontalPodAutoscaler. */
export const scaledByAnnotation = 'usher.dev/scaled-by';

/** Kubernetes' own: of several pods alike, those with the lowest go first. */
export const deletionCostAnnotation = 'controller.kubernetes.io/pod-deletion-cost';

/** The parts of a shard that have pods. */
export const parts = ['prosody', 'jicofo', 'web', 'jvb'] as const;
export type Part = (typeof parts)[number];

/** The bridges' Deployment. */
export const bridgesDeployment = 'jvb';

/** The ConfigMap that says what the shard is. */
export const shardConfigMap = 'shard';

/** The Secret with the passwords of Jicofo and of the bridges. */
export const passwordsSecret = 'shard-passwords';

/** The namespace of a shard. */
export function namespaceOf(shard: string): string {
  return `jitsi-${shard}`;
}
