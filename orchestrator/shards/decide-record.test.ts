import { describe, expect, it } from 'vitest';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import { decideRecord, sameRecord } from './decide-record.ts';
import { type Health, healthFrom } from './health.ts';

const spec: ShardSpec = {
  name: 'a',
  region: 'eu',
  bridges: { min: 1, max: 2 },
  desired: 'active',
  weight: 100,
  pool: 'main',
};
const fresh = healthFrom(undefined);
const address = { host: '127.0.0.1', port: 80 };
const ready: Health = { ...fresh, observed: 'ready', reason: '' };
const first = decideRecord(undefined, spec, address, fresh, 4);

describe('decideRecord', () => {
  it('begins the first life of a new shard, not admitted', () => {
    expect(first).toMatchObject({ incarnation: 1, serverId: 4, admitted: false, observed: 'provisioning' });
  });

  it('admits a ready shard, and keeps it admitted when it is not well later', () => {
    const admitted = decideRecord(first, spec, address, ready, 9);
    expect(admitted).toMatchObject({ admitted: true, serverId: 4 });
    const ill = decideRecord(admitted, spec, address, { ...ready, observed: 'degraded', reason: 'web' }, 9);
    expect(ill).toMatchObject({ admitted: true, observed: 'degraded', reason: 'web', desired: 'active' });
  });

  it('does not admit again what is being removed', () => {
    const going = decideRecord(first, { ...spec, desired: 'draining', removing: true }, address, ready, 9);
    expect(going).toMatchObject({ admitted: false, removing: true, desired: 'draining' });
    expect(decideRecord(going, spec, address, ready, 9)).toMatchObject({ admitted: true, removing: false });
  });

  it('keeps a shard that went down out, with the reason, until nothing speaks against it', () => {
    const gone = { ...first, incarnation: 2, observed: 'down' } as const;
    expect(decideRecord(gone, spec, address, ready, 9, 'ghosts')).toMatchObject({
      ...{ admitted: false, observed: 'down', reason: 'ghosts', incarnation: 2 },
    });
    const ill: Health = { ...ready, observed: 'degraded', reason: 'web' };
    expect(decideRecord(gone, spec, address, ill, 9, 'ghosts')).toMatchObject({
      observed: 'down',
      reason: 'web',
    });
    expect(decideRecord(gone, spec, address, ready, 9)).toMatchObject({ admitted: true, incarnation: 2 });
  });

  it('gives a name that comes back a new incarnation and a new server id', () => {
    const removed = { ...first, removed: true, removing: true, admitted: false };
    expect(decideRecord(removed, spec, address, ready, 9)).toMatchObject({
      incarnation: 2,
      serverId: 9,
      removing: false,
      removed: false,
    });
  });
});

describe('sameRecord', () => {
  it('sees any difference but the version', () => {
    expect(sameRecord(first, { ...first, version: 7, address: { port: 80, host: '127.0.0.1' } })).toBe(true);
    expect(sameRecord(first, { ...first, reason: 'other' })).toBe(false);
    expect(sameRecord(first, { ...first, address: { ...address, port: 81 } })).toBe(false);
  });
});
