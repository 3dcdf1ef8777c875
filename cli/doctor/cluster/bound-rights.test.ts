import { expect, it } from 'vitest';
import { boundRights } from './bound-rights.ts';

const account = { name: 'orchestrator', namespace: 'usher' };
const bind = (kind: string, namespace: string | undefined, roleRef: object, subject: object = account) => ({
  ...{ apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name: 'b', namespace } },
  ...{ roleRef, subjects: [{ kind: 'ServiceAccount', ...subject }] },
});
const role = {
  ...{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'r' } },
  rules: [
    {
      apiGroups: ['apps'],
      resources: ['deployments/scale'],
      resourceNames: ['jvb'],
      verbs: ['get', 'patch'],
    },
    { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
  ],
};
const roleRef = { kind: 'ClusterRole', name: 'r' };

it('are those of the roles that bind the account, where they bind it', () => {
  expect(boundRights([role, bind('RoleBinding', 'jitsi-eu-1', roleRef)], account)).toEqual([
    ...['get', 'patch'].map((verb) => ({
      ...{ verb, group: 'apps', resource: 'deployments/scale', name: 'jvb', namespace: 'jitsi-eu-1' },
    })),
    { verb: 'delete', group: '', resource: 'pods', name: undefined, namespace: 'jitsi-eu-1' },
  ]);
  const [first] = boundRights([role, bind('ClusterRoleBinding', undefined, roleRef)], account);
  expect(first).toMatchObject({ namespace: undefined });
});

it('are no others', () => {
  const others = [
    bind('RoleBinding', 'x', roleRef, { ...account, namespace: 'other' }),
    bind('RoleBinding', 'x', { kind: 'Role', name: 'r' }),
  ];
  expect(boundRights([role, ...others], account)).toEqual([]);
});
