import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, builder } from './builder.ts';
import { containersOf, type KubeObject, workloadsOf } from './kube-object.ts';
import { mayReach, type Peer } from './reach.ts';
import { guardedAgainstPrune } from './rules/belonging.ts';
import { imageTags, probes, resources } from './rules/containers.ts';
import { admittedPods, restrictedPods } from './rules/restricted-pods.ts';
import type { Rule } from './rules/rule.ts';
import { ownPods, selections } from './rules/selections.ts';
import { exampleFolder, usherObjects, withUsherComponent } from './usher-fleet.ts';

let plain: KubeObject[];
let monitored: KubeObject[];
let root: string;

beforeAll(async () => {
  if (!builder) return;
  const made = await withUsherComponent('monitoring-usher');
  root = made.root;
  plain = usherObjects(await build(exampleFolder));
  monitored = usherObjects(await build(made.fleet));
});
afterAll(() => root && rm(root, { recursive: true }));

const redisServices = ['redis-0', 'redis-1', 'redis-2'];

/** What each rule finds, all of it meant. */
const rules: [string, Rule, string[]][] = [
  ['admittedPods', admittedPods, []],
  ['guardedAgainstPrune', guardedAgainstPrune, []],
  ['imageTags', imageTags, []],
  ['ownPods', ownPods, []],
  ['resources', resources, []],
  // A restart of HAProxy cuts websockets.
  ['probes', probes, ['haproxy: a readiness and a liveness probe are expected']],
  ['restrictedPods', restrictedPods, ['orchestrator: has a token of the API']],
  // By the label that the StatefulSet's controller puts on.
  ['selections', selections, redisServices.map((name) => `Service ${name}: selects nothing`)],
];

describe.skipIf(!builder)('usher itself', () => {
  it.each(rules)('keeps to %s', (_, rule, meant) => {
    expect(rule(plain)).toEqual(meant);
    expect(rule(monitored)).toEqual(meant);
  });

  it('is all in its namespace, or in none, and labelled', () => {
    const namespaced = plain.filter(({ kind }) => !/^(Namespace|ClusterRole(Binding)?)$/.test(kind));
    for (const { kind, metadata } of [
      ...namespaced,
      ...monitored.filter(({ kind }) => /Monitor$/.test(kind)),
    ]) {
      expect(metadata.namespace, `${kind} ${metadata.name}`).toBe('usher');
    }
    const labels = [...plain, ...monitored].map(
      ({ metadata }) => metadata.labels['app.kubernetes.io/part-of'],
    );
    expect(new Set(labels)).toEqual(new Set(['usher']));
  });

  it('spreads over nodes, and has a budget for disruptions, for each of its workloads', () => {
    const workloads = workloadsOf(plain);
    expect(workloads.map(({ metadata, spec }) => `${metadata.name} ${spec.replicas}`).toSorted()).toEqual([
      'orchestrator 2',
      'proxy 2',
      'redis 3',
    ]);
    for (const { metadata, spec } of workloads) {
      const spread = spec.template.spec.topologySpreadConstraints;
      expect(spread, metadata.name).toContainEqual(
        expect.objectContaining({
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: spec.selector.matchLabels },
        }),
      );
      const budget = plain.find(
        ({ kind, metadata: { name } }) => kind === 'PodDisruptionBudget' && name === metadata.name,
      );
      expect(budget?.spec).toEqual({
        maxUnavailable: 1,
        selector: { matchLabels: spec.selector.matchLabels },
      });
    }
  });

  it('runs one image as orchestrator, agent and HAProxy, so that agent and HAProxy agree', () => {
    const images = workloadsOf(plain)
      .flatMap(containersOf)
      .map(({ name, image }) => [name, image.replace(/@sha256:\w{64}$/, '@digest')]);
    const usher = 'registry.example.org/usher:0.1.0';
    const redis = 'redis:7.2-bookworm@digest';
    expect(Object.fromEntries(images)).toEqual({
      ...{ orchestrator: usher, agent: usher, haproxy: usher },
      ...{ redis, sentinel: redis },
    });
  });
});

describe.skipIf(!builder)('rights', () => {
  /** `verb group/resource name` of all rules of a role. */
  function rightsOf(kind: string, name: string): string[] {
    const role = plain.find((one) => one.kind === kind && one.metadata.name === name);
    return (role?.rules ?? []).flatMap((rule) => {
      const { apiGroups, resources: of, verbs, resourceNames = [''] } = Object(rule);
      const all = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : []);
      return all(apiGroups).flatMap((group) =>
        all(of).flatMap((resource) =>
          all(resourceNames).flatMap((named) =>
            all(verbs).map((verb) => `${verb} ${group ? `${group}/` : ''}${resource} ${named}`.trim()),
          ),
        ),
      );
    });
  }

  it('over the whole cluster are to look, and at Secrets by name', () => {
    const rights = rightsOf('ClusterRole', 'usher');
    expect(rights.filter((right) => !/^(get|list|watch) /.test(right))).toEqual([]);
    expect(rights.filter((right) => /\*|secrets|nodes|impersonate/.test(right))).toEqual([
      'get secrets shard-passwords',
    ]);
  });

  it('in a shard are what it takes, and no Secrets', () => {
    expect(rightsOf('ClusterRole', 'usher-shard').toSorted()).toEqual([
      'create events',
      'create services',
      'patch apps/deployments/scale jvb',
      'patch configmaps shard',
      'patch namespaces',
      'patch pods',
    ]);
  });

  it('in its own namespace are its lock, its wishes and Events', () => {
    expect(rightsOf('Role', 'orchestrator').filter((right) => !right.endsWith('events'))).toEqual([
      'get coordination.k8s.io/leases usher-leader',
      'update coordination.k8s.io/leases usher-leader',
      'create coordination.k8s.io/leases',
      ...['get', 'list', 'watch', 'patch'].map((verb) => `${verb} configmaps wishes`),
      'create configmaps',
    ]);
  });

  it('are bound to the ServiceAccount that the orchestrator runs as, and to no other', () => {
    const subjects = plain.filter(({ kind }) => kind.endsWith('RoleBinding')).map((one) => one.subjects);
    const subject = { kind: 'ServiceAccount', name: 'orchestrator', namespace: 'usher' };
    expect(subjects).toEqual([[subject], [subject]]);
  });
});

describe.skipIf(!builder)('NetworkPolicies of usher', () => {
  const peers: Peer[] = [
    ...['orchestrator', 'proxy', 'redis'].map((name) => ({ namespace: 'usher', name })),
    { namespace: 'jitsi-eu-1', name: 'web' },
    { namespace: 'monitoring', name: 'prometheus' },
    { namespace: 'monitoring', name: 'grafana' },
  ];
  const whoReaches = (objects: readonly KubeObject[], target: string, ports: (string | number)[]) =>
    peers.filter((peer) => mayReach(objects, 'usher', peer, target, ports)).map(({ name }) => name);

  it.each([
    ['orchestrator', ['api', 8700], ['orchestrator', 'proxy', 'redis']],
    ['proxy', ['spoe', 8200], ['proxy']],
    ['proxy', ['agent', 8300], ['orchestrator']],
    ['proxy', ['stats', 8404], []],
    ['redis', ['redis', 6379], ['orchestrator', 'proxy', 'redis']],
    ['redis', ['sentinel', 26_379], ['orchestrator', 'proxy', 'redis']],
  ])('let to %s on %j only %j, and Prometheus where there are metrics', (target, ports, who) => {
    expect(whoReaches(plain, target, ports)).toEqual(who);
    const metrics = ports.some((port) => [8700, 8300, 8404].includes(Number(port)));
    expect(whoReaches(monitored, target, ports)).toEqual(metrics ? [...who, 'prometheus'] : who);
  });

  it('let everybody to the proxies', () => {
    expect(whoReaches(plain, 'proxy', ['http'])).toHaveLength(peers.length);
  });
});
