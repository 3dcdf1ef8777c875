import type { CoreV1Api, V1Pod } from '@kubernetes/client-node';
import type { PodAddresses } from './field-value.ts';
import type { References } from './references.ts';
import type { Runners } from './runners/find-runner.ts';

/** What the kubelet gives every pod. */
export interface PodHost {
  readonly core: CoreV1Api;
  /** Own folder of the kubelet: `pods/<namespace>/<pod>/<container>/` and `log/<namespace>/<pod>/<container>.log`. */
  readonly directory: string;
  readonly runners: Runners;
  /** The address behind a name, as a pod of that namespace would resolve it. */
  resolve(name: string, namespace: string): string | undefined;
}

/** A pod where it runs. */
export interface PodPlace {
  readonly host: PodHost;
  readonly namespace: string;
  readonly name: string;
  readonly addresses: PodAddresses;
  readonly references: References;
  /** Own folder. */
  readonly directory: string;
  /** As the API server last gave it: annotations and labels change while it lives. */
  pod(): V1Pod;
  /** To be called after each change of a container's progress. */
  report(): void;
}

/** Where the folders of a pod's volumes lie. */
export function volumesOf(place: PodPlace): string {
  return `${place.directory}/volumes`;
}

/** Where the words of a container go. */
export function containerLog(directory: string, namespace: string, pod: string, container: string): string {
  return `${directory}/log/${namespace}/${pod}/${container}.log`;
}
