import { containersOf, type KubeObject, workloadsOf } from '../kube-object.ts';

/** Every container says what it needs, and how much memory it may take; a limit of cpu would throttle media. */
export function resources(objects: readonly KubeObject[]): string[] {
  return workloadsOf(objects)
    .flatMap(containersOf)
    .filter(({ resources: { requests, limits } }) => !requests.cpu || !requests.memory || !limits.memory)
    .map(({ name }) => `${name}: requests of cpu and memory, and a limit of memory are expected`);
}

/** Every container that stays has a readiness and a liveness probe. */
export function probes(objects: readonly KubeObject[]): string[] {
  return workloadsOf(objects)
    .flatMap(({ spec }) => spec.template.spec.containers)
    .filter(({ readinessProbe, livenessProbe }) => !readinessProbe || !livenessProbe)
    .map(({ name }) => `${name}: a readiness and a liveness probe are expected`);
}

/** Every image has exactly one tag (its registry may have a port), and not `latest`. */
export function imageTags(objects: readonly KubeObject[]): string[] {
  return workloadsOf(objects)
    .flatMap(containersOf)
    .filter(({ image }) => !/^([^/:@]+(:\d+)?\/)?[^:@]+:(?!latest$)[\w.-]+(@sha256:\w{64})?$/.test(image))
    .map(({ name, image }) => `${name}: a tag that is not latest is expected; found ${image}`);
}

/** What the images write to is a volume of the pod; nothing is mounted that is not there. */
export function writablePlaces(objects: readonly KubeObject[]): string[] {
  return workloadsOf(objects).flatMap((workload) => {
    const volumes = new Set(workload.spec.template.spec.volumes.map(({ name }) => name));
    const missing = containersOf(workload)
      .flatMap(({ volumeMounts }) => volumeMounts)
      .filter(({ name }) => !volumes.has(name))
      .map(({ name }) => `${workload.metadata.name}: there is no volume ${name}`);
    for (const { name, image, volumeMounts } of workload.spec.template.spec.containers) {
      if (!image.includes('jitsi/')) continue;
      for (const place of ['/config', '/run', '/tmp']) {
        if (!volumeMounts.some(({ mountPath }) => mountPath === place)) missing.push(`${name}: no ${place}`);
      }
    }
    return missing;
  });
}
