import { describe, expect, it } from 'vitest';
import type { ShardObjects } from './cluster-view.ts';
import { configMap, service } from './objects.ts';
import { shardEndpoints } from './shard-endpoints.ts';
import { missingObject, unreadyPart } from './shard-trouble.ts';
import { bridgePod, partPod } from './testing/objects.ts';

const { metadata } = bridgePod('shard');
const clusterIp = (name: string, ip: string) =>
  service.parse({ metadata: { ...metadata, name }, spec: { clusterIP: ip } });

const whole: ShardObjects = {
  name: 'eu-1',
  namespace: undefined,
  configMap: configMap.parse({ metadata, data: { REGION: 'eu', XMPP_DOMAIN: 'meet.example.org' } }),
  deployment: undefined,
  services: [
    clusterIp('prosody', '10.96.0.1'),
    clusterIp('jicofo', '10.96.0.2'),
    clusterIp('web', 'fd00::3'),
  ],
  pods: [partPod('prosody'), partPod('jicofo'), partPod('web'), bridgePod('jvb-b'), bridgePod('jvb-a')],
};

describe('shardEndpoints', () => {
  it('takes addresses from Services, bridges from pods, the rest from the ConfigMap', () => {
    expect(shardEndpoints(whole, 'secret')).toEqual({
      name: 'eu-1',
      region: 'eu',
      web: 'http://[fd00::3]:8000',
      prosodyHttp: 'http://10.96.0.1:5280',
      prosodyC2s: { host: '10.96.0.1', port: 5222 },
      jicofo: 'http://10.96.0.2:8888',
      bridges: [
        { name: 'jvb-a', rest: 'http://10.244.0.7:8080' },
        { name: 'jvb-b', rest: 'http://10.244.0.7:8080' },
      ],
      domains: {
        main: 'meet.example.org',
        auth: 'auth.meet.example.org',
        muc: 'muc.meet.example.org',
        internalMuc: 'internal-muc.meet.example.org',
      },
      brewery: { user: 'jvb', password: 'secret', jid: 'jvbbrewery@internal-muc.meet.example.org' },
      startedAt: Date.parse('2026-11-21T09:00:00Z'),
    });
  });

  it('keeps a shard of which something runs, without its Services and its ConfigMap', () => {
    const rest = { ...whole, services: [], configMap: undefined };
    expect(shardEndpoints(rest, '')).toMatchObject({
      region: '',
      web: 'http://192.0.2.1:8000',
      startedAt: Date.parse('2026-11-21T09:00:00Z'),
    });
  });
});

describe('what keeps a shard from serving', () => {
  it.each([
    ['nothing of a shard whose every part has a ready pod', {}, undefined],
    [
      'nothing of one bridge of two',
      { pods: [...whole.pods.slice(0, 4), bridgePod('jvb-c', { isReady: false })] },
      undefined,
    ],
    [
      'that it has no ConfigMap',
      { configMap: undefined },
      'shard eu-1: no ConfigMap shard in namespace jitsi-eu-1: apply its overlay',
    ],
    [
      'which Service is missing',
      { services: whole.services.slice(0, 2) },
      'shard eu-1: no Service web: apply its overlay',
    ],
    [
      'which part has no pod at all',
      { pods: whole.pods.slice(0, 3) },
      'shard eu-1: no pod of jvb: `kubectl -n jitsi-eu-1 get events` says why',
    ],
    [
      'what a pod says',
      { pods: [...whole.pods.slice(0, 3), bridgePod('jvb-c', { isReady: false })] },
      'shard eu-1: pod jvb-c: is starting',
    ],
    [
      'that it is going',
      { namespace: { metadata: { ...metadata, deletionTimestamp: '2026-11-21T09:00:00Z' } } },
      'shard eu-1: its namespace jitsi-eu-1 is being deleted',
    ],
  ])('says %s', (_, over, words) => {
    const objects = { ...whole, ...over };
    expect(missingObject(objects) ?? unreadyPart(objects)).toBe(words);
  });
});
