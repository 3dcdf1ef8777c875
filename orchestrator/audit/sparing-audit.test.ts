import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from './audit.ts';
import { SparingAudit } from './sparing-audit.ts';

let outcomes: string[];
let audit: SparingAudit;
const intent = { actor: 'orchestrator', action: 'x.y', reason: 'because' };

beforeEach(() => {
  outcomes = [];
  audit = new SparingAudit({ record: ({ outcome }: AuditEntry) => outcomes.push(outcome) });
});

describe('SparingAudit', () => {
  it('records what waits once, until it waits for something else or was done', () => {
    const all = ['waits', 'waits', 'refused', 'waits', 'ok', 'waits'];
    const news = all.map((outcome) => audit.record('a', { ...intent, outcome }));
    expect(news).toEqual([true, false, true, true, true, true]);
    expect(outcomes).toEqual(['waits', 'refused', 'waits', 'ok', 'waits']);
  });

  it('records everything that was done, also twice the same', () => {
    for (let i = 0; i < 2; i += 1) audit.record('a', { ...intent, outcome: 'ok' });
    expect(outcomes).toEqual(['ok', 'ok']);
  });

  it('tells keys apart, and begins anew for what it forgot', () => {
    for (const key of ['a', 'b', 'a']) audit.record(key, { ...intent, outcome: 'waits' });
    expect(outcomes).toHaveLength(2);
    audit.keepOnly((key) => key === 'b');
    for (const key of ['a', 'b']) audit.record(key, { ...intent, outcome: 'waits' });
    expect(outcomes).toHaveLength(3);
  });

  it('records what came of an attempt, and passes its failure on', async () => {
    await audit.attempt('a', intent, async () => ({ ok: true }));
    await audit.attempt('a', intent, async () => ({ ok: false, reason: 'no such shard' }));
    const failing = audit.attempt('a', intent, () => Promise.reject(new Error('away')));
    await expect(failing).rejects.toThrow('away');
    expect(outcomes).toEqual(['ok', 'no such shard', 'away']);
  });
});
