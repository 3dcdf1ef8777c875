import type { V1Container, V1Pod } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { resolveEnvironment } from './environment.ts';
import { MissingReference, type References } from './references.ts';

const addresses = { podIp: '10.244.1.1', hostIp: '10.1.0.1' };
const pod: V1Pod = {
  metadata: { name: 'jvb-1', namespace: 'jitsi-eu-1', annotations: { 'usher.dev/media-port': '30001' } },
};
const references: References = {
  configMap: async () => ({ SHARD: 'eu-1', REGION: 'eu' }),
  secret: async (name, optional) => {
    if (!optional) throw new MissingReference(`secret "${name}" not found`);
    return {};
  },
};

function resolve(container: Omit<V1Container, 'name'>) {
  return resolveEnvironment({ name: 'one', ...container }, pod, addresses, references);
}

const shard = [{ configMapRef: { name: 'shard' } }];

describe('resolveEnvironment', () => {
  it('puts env over envFrom, and expands what stands before it', async () => {
    const env = [
      { name: 'REGION', value: 'us' },
      { name: 'HOST', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
      {
        name: 'PORT',
        valueFrom: { fieldRef: { fieldPath: "metadata.annotations['usher.dev/media-port']" } },
      },
      { name: 'ALL', value: '$(SHARD) $(REGION) $(HOST)#$(PORT) $(LATER) $$(SHARD)' },
      { name: 'LATER', value: 'x' },
    ];
    expect(await resolve({ envFrom: shard, env })).toMatchObject({
      SHARD: 'eu-1',
      REGION: 'us',
      ALL: 'eu-1 us 10.1.0.1#30001 $(LATER) $(SHARD)',
    });
  });

  it.each([
    ['a Secret', { secretKeyRef: { name: 'passwords', key: 'A' } }, 'secret "passwords" not found'],
    [
      'a key',
      { configMapKeyRef: { name: 'shard', key: 'WEIGHT' } },
      "couldn't find key WEIGHT in ConfigMap jitsi-eu-1/shard",
    ],
  ])('says that %s is missing', async (_, valueFrom, message) => {
    await expect(resolve({ env: [{ name: 'A', valueFrom }] })).rejects.toThrow(new MissingReference(message));
  });

  it('leaves out what is optional', async () => {
    const valueFrom = { secretKeyRef: { name: 'passwords', key: 'A', optional: true } };
    expect(await resolve({ env: [{ name: 'A', valueFrom }] })).toEqual({});
  });
});
