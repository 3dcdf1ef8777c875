import type { V1Pod } from '@kubernetes/client-node';

/** What a pod was given when it was placed; its status may not say so yet. */
export interface PodAddresses {
  readonly podIp: string;
  readonly hostIp: string;
}

/** The value of a downward API field, as in `metadata.annotations['usher.dev/port']`; empty when it has none. */
export function fieldValue(pod: V1Pod, { podIp, hostIp }: PodAddresses, path: string): string {
  const [, map, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (key !== undefined) return pod.metadata?.[map === 'labels' ? 'labels' : 'annotations']?.[key] ?? '';
  const fields: Record<string, string | undefined> = {
    'metadata.name': pod.metadata?.name,
    'metadata.namespace': pod.metadata?.namespace,
    'metadata.uid': pod.metadata?.uid,
    'spec.nodeName': pod.spec?.nodeName,
    'spec.serviceAccountName': pod.spec?.serviceAccountName,
    'status.podIP': podIp,
    'status.podIPs': podIp,
    'status.hostIP': hostIp,
    'status.hostIPs': hostIp,
  };
  if (!(path in fields)) throw new Error(`the fake kubelet knows no field ${path}`);
  return fields[path] ?? '';
}
