import { isDeepStrictEqual } from 'node:util';
import { containersOf, type KubeObject, type Workload, workloadsOf } from '../kube-object.ts';

/** As Pod Security's level `restricted` has it, and more: no root file system to write to, no API token. */
export function restrictedPods(objects: readonly KubeObject[]): string[] {
  return workloadsOf(objects).flatMap((workload) => [
    ...podFindings(workload),
    ...containersOf(workload).flatMap(({ name, securityContext }) =>
      allowed.some((one) => isDeepStrictEqual(securityContext, one)) ? [] : [`${name}: its securityContext`],
    ),
  ]);
}

/** Host ports only where the namespace admits them, which is with no level below `privileged`. */
export function admittedPods(objects: readonly KubeObject[]): string[] {
  const levels = new Map(
    objects
      .filter(({ kind }) => kind === 'Namespace')
      .map(({ metadata }) => [metadata.name, metadata.labels['pod-security.kubernetes.io/enforce']]),
  );
  return workloadsOf(objects).flatMap((workload) => {
    const hasHostPort = containersOf(workload).some(({ ports }) => ports.some(({ hostPort }) => hostPort));
    const level = levels.get(workload.metadata.namespace ?? '');
    if (level === 'restricted' ? !hasHostPort : level === 'privileged') return [];
    return [`${workload.metadata.name}: host ports in a namespace that enforces ${level}`];
  });
}

const hardened = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true };
const allowed = [
  { ...hardened, capabilities: { drop: ['ALL'] } },
  { ...hardened, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } },
];

function podFindings({ metadata, spec }: Workload): string[] {
  const { automountServiceAccountToken, enableServiceLinks, securityContext } = spec.template.spec;
  const findings = [];
  if (automountServiceAccountToken !== false) findings.push(`${metadata.name}: has a token of the API`);
  // A Service named jvb would give JVB_PORT=tcp://...
  if (enableServiceLinks !== false) findings.push(`${metadata.name}: has service links`);
  const { runAsUser, ...rest } = Object(securityContext);
  const expected = {
    runAsNonRoot: true,
    runAsGroup: runAsUser,
    fsGroup: runAsUser,
    seccompProfile: { type: 'RuntimeDefault' },
  };
  if (!(runAsUser > 0) || !isDeepStrictEqual(rest, expected)) {
    findings.push(`${metadata.name}: its pods' securityContext`);
  }
  return findings;
}
