import { type Container, type KubeObject, workloadsOf } from '../kube-object.ts';
import { isKnownSetting } from './known-settings.ts';

/** Every variable is one that the images know, stands once, and refers only to those before it. */
export function environment(objects: readonly KubeObject[]): string[] {
  return workloadsOf(objects).flatMap(({ metadata, spec }) => {
    const { initContainers, containers } = spec.template.spec;
    return [...initContainers, ...containers].flatMap((container) =>
      findings(container, literalsOf(objects, metadata.namespace, container)),
    );
  });
}

function findings({ name, env }: Container, literals: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const before = new Set(literals);
  for (const variable of [...literals, ...env.map((one) => one.name)]) {
    if (!isKnownSetting(variable)) found.push(`${name}: nobody knows ${variable}`);
  }
  for (const { name: variable, value = '' } of env) {
    for (const [, reference = ''] of value.matchAll(/\$\((\w+)\)/g)) {
      if (!before.has(reference))
        found.push(`${name}: ${variable} refers to ${reference}, which is not there`);
    }
    if (before.has(variable) && !literals.has(variable)) found.push(`${name}: ${variable} stands twice`);
    before.add(variable);
  }
  return found;
}

function literalsOf(
  objects: readonly KubeObject[],
  namespace: string | undefined,
  { envFrom }: Container,
): Set<string> {
  const names = envFrom.map(({ configMapRef }) => configMapRef.name);
  const maps = objects.filter(
    ({ kind, metadata }) =>
      kind === 'ConfigMap' && metadata.namespace === namespace && names.includes(metadata.name),
  );
  return new Set(maps.flatMap(({ data }) => Object.keys(data)));
}
