import { describe, expect, it } from 'vitest';
import { testShard } from '../../haproxy/stick-table/testing/test-shard.ts';
import { xmppDomains } from '../../shards/domains.ts';
import type { ShardEndpoints } from '../../shards/driver.ts';
import { censusSource } from './census-source.ts';

const endpoints = (startedAt: number | undefined): ShardEndpoints => ({
  name: 'a',
  region: 'eu',
  web: '',
  prosodyHttp: '',
  prosodyC2s: { host: '', port: 1 },
  jicofo: '',
  bridges: [],
  domains: xmppDomains('meet.jitsi'),
  brewery: { user: '', password: '', jid: '' },
  startedAt,
});
const [runs, stopped] = [endpoints(1), endpoints(undefined)];
const out = testShard('a', { admitted: false, removing: true });

describe('censusSource', () => {
  it.each([
    ['a shard in service, by its keeper', testShard('a'), runs, [], runs],
    ['a shard in service that is not kept yet', testShard('a'), undefined, [runs], undefined],
    ['a shard in service whose Prosody has died', testShard('a'), stopped, [stopped], stopped],
    ['a shard that is not admitted yet', testShard('a', { admitted: false }), undefined, [], undefined],
    ['a removal that another orchestrator began', out, undefined, [runs], runs],
    ['a removal that had ended Prosody', out, undefined, [stopped], 'gone'],
    ['a removal that had ended all', out, undefined, [], 'gone'],
  ])('of %s', (_, shard, kept, existing, expected) => {
    expect(censusSource(shard, kept, existing)).toBe(expected);
  });
});
