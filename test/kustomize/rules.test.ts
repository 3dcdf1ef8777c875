import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { build, builder } from './builder.ts';
import { type KubeObject, kubeObject } from './kube-object.ts';
import { shardRules } from './rules/all.ts';
import { makeFleet } from './testing-fleet.ts';

// Each rule can fail: one thing is spoilt in a build that is in order, and the rule says what.
let objects: KubeObject[];
let root: string;

beforeAll(async () => {
  if (!builder) return;
  const made = await makeFleet([{ name: 'eu-1', components: ['media-hostport'] }, { name: 'eu-2' }]);
  root = made.root;
  objects = await build(made.fleet);
});
afterAll(() => root && rm(root, { recursive: true }));

/** The build with the first `from` in the object `what` of the first shard replaced. */
function spoilt(what: string, from: string, to: string): KubeObject[] {
  const [kind, name] = what.split(' ');
  return objects.map((object) => {
    const { metadata } = object;
    if (object.kind !== kind || metadata.name !== name || metadata.namespace === 'jitsi-eu-2') return object;
    const text = stringify(object, { lineWidth: 0 });
    expect(text).toContain(from);
    return kubeObject.parse(parse(text.replace(from, to)));
  });
}

describe.skipIf(!builder)('rules', () => {
  it.each([
    [
      'restrictedPods',
      'Deployment web',
      'readOnlyRootFilesystem: true',
      'readOnlyRootFilesystem: false',
      'web: its sec',
    ],
    ['restrictedPods', 'Deployment web', 'runAsNonRoot: true', 'runAsNonRoot: false', "web: its pods' sec"],
    ['restrictedPods', 'Deployment jvb', 'enableServiceLinks: false', 'a: 1', 'jvb: has service links'],
    [
      'restrictedPods',
      'StatefulSet prosody',
      'automountServiceAccountToken: false',
      'a: 1',
      'prosody: has a token',
    ],
    ['admittedPods', 'Namespace jitsi-eu-1', 'enforce: privileged', 'enforce: baseline', 'jvb: host ports'],
    ['resources', 'Deployment jicofo', 'limits:', 'other:', 'jicofo: requests of'],
    ['probes', 'Deployment jicofo', 'livenessProbe:', 'other:', 'jicofo: a readiness'],
    ['imageTags', 'Deployment web', 'web:stable-11146', 'web:latest', 'web: a tag'],
    ['imageTags', 'Deployment web', 'web:stable-11146', 'web:v1:v2', 'web: a tag'],
    ['imageTags', 'Deployment web', 'web:stable-11146', 'web', 'web: a tag'],
    ['writablePlaces', 'Deployment web', 'mountPath: /run', 'mountPath: /ran', 'web: no /run'],
    [
      'writablePlaces',
      'Deployment web',
      '64Mi\n          name: tmp',
      '64Mi\n          name: temp',
      'no volume tmp',
    ],
    ['environment', 'Deployment web', 'BOSH_RELATIVE', 'BOSH_RELATIV', 'web: nobody knows BOSH_RELATIV'],
    ['environment', 'Deployment web', '$(SHARD)', '$(SHARDS)', 'DEPLOYMENTINFO_SHARD refers to SHARDS'],
    [
      'environment',
      'Deployment web',
      'name: BOSH_RELATIVE',
      'name: DISABLE_HTTPS',
      'DISABLE_HTTPS stands twice',
    ],
    ['environment', 'ConfigMap shard', 'TZ:', 'TIMEZONE:', 'nobody knows TIMEZONE'],
    [
      'belonging',
      'Service web',
      'namespace: jitsi-eu-1',
      'namespace: jitsi-eu-2',
      'Service web: in jitsi-eu-2',
    ],
    ['belonging', 'Service web', 'usher.dev/shard', 'usher.dev/other', 'Service web: in jitsi-eu-1, of'],
    [
      'guardedAgainstPrune',
      'StatefulSet prosody',
      'prune: disabled',
      'prune: enabled',
      'StatefulSet prosody',
    ],
    [
      'selections',
      'Service web',
      'selector:\n    app.kubernetes.io/name: web',
      'selector:\n    app: web',
      'selects nothing',
    ],
    ['selections', 'Service web', 'targetPort: http', 'targetPort: https', 'nothing has the port https'],
    ['selections', 'NetworkPolicy jvb', 'port: media', 'port: 4096', 'nothing has the port 4096'],
    [
      'ownPods',
      'Deployment web',
      'matchLabels:\n      app.kubernetes.io/name: web',
      'matchLabels:\n      app.kubernetes.io/part-of: jitsi',
      'web: selects others',
    ],
    ['bridges', 'Deployment jvb', 'selector:', 'replicas: 2\n  selector:', 'git has a number'],
    ['bridges', 'Deployment jvb', 'Seconds: 90000', 'Seconds: 3600', 'end within a day'],
    ['hostPorts', 'Deployment jvb', 'hostPort: 10000', 'hostPort: 10001', 'host port 10001'],
  ])('%s: %s with other than %j', (rule, what, from, to, finding) => {
    const found = shardRules[rule]?.(spoilt(what, from, to)).join('\n');
    expect(found).toContain(finding);
  });
});
