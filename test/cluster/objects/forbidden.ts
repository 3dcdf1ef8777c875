import { z } from 'zod';
import type { ApiServer } from '../../../cli/cluster/api-server.ts';

/** How a verb is asked for. */
export const methods = { get: 'GET', list: 'GET', create: 'POST', patch: 'PATCH', delete: 'DELETE' } as const;

/** A verb on a resource. */
export interface AskedRight {
  readonly verb: keyof typeof methods;
  readonly group?: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

const shard = 'jitsi-eu-1';

/** What the orchestrator must not be able to do, and what would come of it. */
export const forbidden: readonly (AskedRight & { readonly why: string })[] = [
  { verb: 'get', resource: 'secrets', namespace: shard, name: 'turn', why: "others' passwords" },
  { verb: 'get', resource: 'secrets', namespace: 'usher', name: 'redis', why: "Redis' password" },
  { verb: 'list', resource: 'secrets', namespace: shard, why: 'all passwords of a shard' },
  { verb: 'list', resource: 'secrets', why: 'all passwords' },
  {
    verb: 'patch',
    resource: 'secrets',
    namespace: shard,
    name: 'shard-passwords',
    why: 'a shard locked out',
  },
  {
    verb: 'get',
    resource: 'configmaps',
    namespace: shard,
    name: 'kube-root-ca.crt',
    why: "others' settings",
  },
  { verb: 'list', resource: 'configmaps', why: "others' settings" },
  { verb: 'patch', resource: 'configmaps', namespace: 'default', name: 'shard', why: 'no shard’s namespace' },
  { verb: 'patch', resource: 'configmaps', namespace: 'usher', name: 'fleet', why: 'another fleet file' },
  { verb: 'create', resource: 'configmaps', namespace: shard, why: 'no part of its work' },
  {
    verb: 'create',
    resource: 'pods',
    subresource: 'exec',
    namespace: shard,
    name: 'prosody-0',
    why: 'a shell',
  },
  { verb: 'create', resource: 'pods', namespace: shard, why: 'programs of its own' },
  { verb: 'delete', resource: 'pods', namespace: shard, name: 'prosody-0', why: 'all meetings of a shard' },
  { verb: 'patch', resource: 'pods', namespace: 'kube-system', name: 'any', why: "others' programs" },
  { verb: 'delete', resource: 'services', namespace: shard, name: 'prosody', why: 'a shard out of reach' },
  { verb: 'create', resource: 'services', namespace: 'usher', why: 'no shard’s namespace' },
  { verb: 'delete', resource: 'namespaces', name: shard, why: 'a whole shard' },
  { verb: 'patch', resource: 'namespaces', name: 'usher', why: 'its own limits' },
  { verb: 'create', resource: 'namespaces', why: 'shards are made by others' },
  {
    verb: 'patch',
    group: 'apps',
    resource: 'deployments',
    namespace: shard,
    name: 'jvb',
    why: 'another image',
  },
  {
    ...{ verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: shard },
    ...{ name: 'jicofo', why: 'two Jicofos' },
  },
  {
    ...{ verb: 'patch', group: 'apps', resource: 'statefulsets', subresource: 'scale', namespace: 'usher' },
    ...{ name: 'redis', why: 'no Redis' },
  },
  {
    ...{ verb: 'create', group: 'rbac.authorization.k8s.io', resource: 'rolebindings', namespace: shard },
    why: 'rights for others',
  },
  {
    ...{ verb: 'delete', group: 'coordination.k8s.io', resource: 'leases', namespace: 'usher' },
    ...{ name: 'usher-leader', why: 'two leaders' },
  },
  { verb: 'list', resource: 'nodes', why: 'no part of its work' },
];

const review = z.object({ status: z.object({ allowed: z.boolean() }) });

/** Whether the one who asks may, by the API server's own word. */
export async function isAllowed(server: ApiServer, right: AskedRight): Promise<boolean> {
  const { verb, group = '', resource, subresource, namespace, name } = right;
  // RBAC takes a namespace itself for an object in it.
  const where = resource === 'namespaces' ? name : namespace;
  const resourceAttributes = { verb, group, resource, subresource, namespace: where, name };
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  };
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  return (await server.ask(path, review, { method: 'POST', body })).status.allowed;
}

/** Where it is asked for. */
export function pathOfRight({ group, resource, subresource, namespace, name }: AskedRight): string {
  const root = group === undefined ? '/api/v1' : `/apis/${group}/v1`;
  const home = namespace === undefined ? [] : ['namespaces', namespace];
  return [root, ...home, resource, name, subresource].filter((part) => part !== undefined).join('/');
}
