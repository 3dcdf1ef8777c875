import { describe, expect, it } from 'vitest';
import { ServerIds } from './server-ids.ts';

describe('ServerIds', () => {
  it('gives each shard of a new fleet its own, above all that were ever given', () => {
    const ids = new ServerIds();
    const records = [{ serverId: 7 }, { serverId: 2 }];
    expect(['eu-1', 'eu-2', 'eu-3'].map((shard) => ids.choose(shard, records))).toEqual([8, 9, 10]);
    expect(new ServerIds().choose('eu-1', [])).toBe(1);
  });

  it('stays with its choice until a record has it, be it the record of another', () => {
    const ids = new ServerIds();
    expect([ids.choose('eu-1', []), ids.choose('eu-1', [{ serverId: 5 }])]).toEqual([1, 1]);
    expect(ids.choose('eu-1', [{ serverId: 1 }])).toBe(2);
  });
});
