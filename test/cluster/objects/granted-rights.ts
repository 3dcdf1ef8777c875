import type { KubernetesObject } from '@kubernetes/client-node';
import { z } from 'zod';
import type { AuditEvent } from './audit.ts';

const role = z.object({
  metadata: z.object({ name: z.string() }),
  rules: z.array(
    z.object({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      resourceNames: z.array(z.string()).default(['']),
      verbs: z.array(z.string()),
    }),
  ),
});

/** One verb on one resource, of one name where the rule names any. */
export interface Right {
  readonly role: string;
  readonly verb: string;
  readonly group: string;
  /** With its subresource: `deployments/scale`. */
  readonly resource: string;
  /** Empty: of any name. */
  readonly name: string;
}

/** What the roles among these objects grant, one by one. */
export function grantedRights(objects: readonly KubernetesObject[]): Right[] {
  const roles = objects.filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole');
  return roles.flatMap((object) => {
    const { metadata, rules } = role.parse(object);
    return rules.flatMap(({ apiGroups, resources, resourceNames, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          resourceNames.flatMap((name) =>
            verbs.map((verb) => ({ role: metadata.name, verb, group, resource, name })),
          ),
        ),
      ),
    );
  });
}

/** Whether a request was one that needs this right. */
export function uses({ verb, objectRef }: AuditEvent, right: Right): boolean {
  if (!objectRef) return false;
  const { apiGroup, resource, subresource, name } = objectRef;
  return (
    verb === right.verb &&
    apiGroup === right.group &&
    (subresource === undefined ? resource : `${resource}/${subresource}`) === right.resource &&
    (right.name === '' || name === right.name)
  );
}

/** A right in words: `usher-shard: patch deployments/scale jvb`. */
export function wordsOfRight({ role: of, verb, resource, name }: Right): string {
  return `${of}: ${verb} ${resource} ${name}`.trim();
}
