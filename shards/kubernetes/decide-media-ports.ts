import { bridgeLabel, mediaAnnotation, mediaPortAnnotation } from './names.ts';
import type { Pod, Service } from './objects.ts';

/** What is to be done so that a bridge's media reaches it by a NodePort. */
export type MediaPortStep =
  | { readonly kind: 'service'; readonly pod: Pod }
  | { readonly kind: 'port'; readonly pod: Pod; readonly port: number };

/**
 * A Service for each bridge that asks for one, named like its pod; then its port on the pod, which waits for it before
 * its bridge starts, and the label by which the Service finds it.
 */
export function decideMediaPorts(pods: readonly Pod[], services: readonly Service[]): MediaPortStep[] {
  return pods.flatMap((pod): MediaPortStep[] => {
    const { name, labels, annotations } = pod.metadata;
    if (annotations?.[mediaAnnotation] !== 'nodeport') return [];
    const own = services.find(({ metadata }) => metadata.name === name);
    if (!own) return [{ kind: 'service', pod }];
    const port = own.spec.ports?.[0]?.nodePort;
    const known = labels?.[bridgeLabel] === name && annotations[mediaPortAnnotation] === String(port);
    return port === undefined || known ? [] : [{ kind: 'port', pod, port }];
  });
}
