import { describe, expect, it } from 'vitest';
import { resolveName } from './service-names.ts';

const known = {
  services: [
    { metadata: { name: 'web', namespace: 'jitsi-eu-1' }, spec: { clusterIP: '10.96.0.7' } },
    { metadata: { name: 'redis', namespace: 'usher' }, spec: { clusterIP: 'None' } },
  ],
  slices: [
    {
      metadata: { namespace: 'usher', labels: { 'kubernetes.io/service-name': 'redis' } },
      addressType: 'IPv4',
      endpoints: [
        { addresses: ['10.244.1.1'], conditions: { ready: false } },
        { addresses: ['10.244.2.2'], conditions: { ready: true } },
      ],
    },
  ],
  pods: [
    {
      metadata: { name: 'redis-0', namespace: 'usher' },
      spec: { containers: [], hostname: 'redis-0', subdomain: 'redis' },
      status: { podIP: '10.244.1.1' },
    },
  ],
};

describe('resolveName', () => {
  it.each([
    ['web', 'jitsi-eu-1', '10.96.0.7'],
    ['web', 'usher', undefined],
    ['web.jitsi-eu-1', 'usher', '10.96.0.7'],
    ['web.jitsi-eu-1.svc.cluster.local', 'usher', '10.96.0.7'],
    ['redis', 'usher', '10.244.2.2'],
    ['redis-0.redis', 'usher', '10.244.1.1'],
    ['redis-0.redis', 'jitsi-eu-1', undefined],
    ['redis-0.redis.usher.svc', 'jitsi-eu-1', '10.244.1.1'],
    ['192.0.2.1', 'usher', '192.0.2.1'],
  ])('%s in %s: %s', (name, namespace, address) => {
    expect(resolveName(name, namespace, known)).toBe(address);
  });
});
