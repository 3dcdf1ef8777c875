import type { V1Container, V1EnvVarSource, V1Pod } from '@kubernetes/client-node';
import { fieldValue, type PodAddresses } from './field-value.ts';
import { MissingReference, type References } from './references.ts';

/** A container's environment. */
export type Environment = Readonly<Record<string, string>>;

/**
 * What a kubelet would set for a container: `envFrom`, then `env`, with `$(NAME)` of what stands before it.
 * @throws MissingReference when it can't be started yet.
 */
export async function resolveEnvironment(
  container: V1Container,
  pod: V1Pod,
  addresses: PodAddresses,
  references: References,
): Promise<Environment> {
  const environment: Record<string, string> = {};
  for (const { configMapRef, secretRef, prefix = '' } of container.envFrom ?? []) {
    const values = configMapRef
      ? await references.configMap(configMapRef.name ?? '', configMapRef.optional)
      : await references.secret(secretRef?.name ?? '', secretRef?.optional);
    for (const [key, value] of Object.entries(values)) environment[prefix + key] = value;
  }
  for (const { name, value = '', valueFrom } of container.env ?? []) {
    const resolved = valueFrom
      ? await sourceValue(valueFrom, pod, addresses, references)
      : expand(value, environment);
    if (resolved !== undefined) environment[name] = resolved;
  }
  return environment;
}

async function sourceValue(
  { configMapKeyRef, secretKeyRef, fieldRef }: V1EnvVarSource,
  pod: V1Pod,
  addresses: PodAddresses,
  references: References,
): Promise<string | undefined> {
  if (fieldRef) return fieldValue(pod, addresses, fieldRef.fieldPath);
  const reference = configMapKeyRef ?? secretKeyRef;
  // resourceFieldRef: nothing here has limits.
  if (!reference) return undefined;
  const { name = '', key, optional } = reference;
  const values = configMapKeyRef
    ? await references.configMap(name, optional)
    : await references.secret(name, optional);
  if (values[key] !== undefined || optional) return values[key];
  throw new MissingReference(
    `couldn't find key ${key} in ${configMapKeyRef ? 'ConfigMap' : 'Secret'} ${pod.metadata?.namespace}/${name}`,
  );
}

/** As Kubernetes does in `args`, too: `$(NAME)` of a known name is its value, of an unknown one stays; `$$` is `$`. */
export function expand(text: string, known: Environment): string {
  return text.replaceAll(/\$(\$|\(([^()]+)\))/g, (whole, first, name) =>
    first === '$' ? '$' : (known[name] ?? whole),
  );
}
