import { z } from 'zod';
import type { Manifest } from '../../cluster/manifest.ts';

const role = z.object({
  rules: z.array(
    z.object({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      resourceNames: z.array(z.string()).default([]),
      verbs: z.array(z.string()),
    }),
  ),
});
const binding = z.object({
  roleRef: z.object({ kind: z.string(), name: z.string() }),
  subjects: z.array(z.object({ kind: z.string(), name: z.string(), namespace: z.string().optional() })),
});

/** One thing that somebody may do, as a SubjectAccessReview asks for it. */
export interface BoundRight {
  readonly verb: string;
  readonly group: string;
  /** With its subresource: `deployments/scale`. */
  readonly resource: string;
  /** Undefined: of any name. */
  readonly name: string | undefined;
  /** Undefined: in the whole cluster. */
  readonly namespace: string | undefined;
}

/** What these objects let a ServiceAccount do, by the roles that they bind it to. */
export function boundRights(
  objects: readonly Manifest[],
  account: { readonly name: string; readonly namespace: string },
): BoundRight[] {
  return objects.flatMap((object) => {
    if (!['RoleBinding', 'ClusterRoleBinding'].includes(object.kind)) return [];
    const { roleRef, subjects } = binding.parse(object);
    const isBound = subjects.some(
      ({ kind, name, namespace }) =>
        kind === 'ServiceAccount' && name === account.name && namespace === account.namespace,
    );
    const { namespace } = object.metadata;
    return isBound ? rulesOf(objects, roleRef, namespace).flatMap((rule) => rightsOf(rule, namespace)) : [];
  });
}

type Rule = z.infer<typeof role>['rules'][number];

function rulesOf(
  objects: readonly Manifest[],
  { kind, name }: { kind: string; name: string },
  namespace: string | undefined,
): Rule[] {
  const found = objects.find(
    ({ kind: one, metadata }) =>
      one === kind && metadata.name === name && (kind === 'ClusterRole' || metadata.namespace === namespace),
  );
  return found ? role.parse(found).rules : [];
}

function rightsOf(
  { apiGroups, resources, resourceNames, verbs }: Rule,
  namespace: string | undefined,
): BoundRight[] {
  const names = resourceNames.length > 0 ? resourceNames : [undefined];
  return apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      names.flatMap((name) => verbs.map((verb) => ({ verb, group, resource, name, namespace }))),
    ),
  );
}
