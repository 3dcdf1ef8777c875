import { describe, expect, it } from 'vitest';
import type { AuditEntry } from './audit.ts';
import { shortenEntry } from './shorten.ts';
import { storedEntry } from './stored-entry.ts';

const base: AuditEntry = { actor: 'orchestrator', action: 'x.y', reason: 'because', outcome: 'ok' };
const many = (count: number, length = 4) =>
  Array.from({ length: count }, (_, index) => `${index}`.padStart(length, '0'));

describe('shortenEntry', () => {
  it('keeps a short entry as it is', () => {
    const entry = { ...base, shards: ['a'], rooms: ['/x'], inputs: { from: 'ready', rounds: [1, 2] } };
    expect(shortenEntry(entry)).toEqual({ ...entry, candidates: [], leftOut: {}, heldMs: 0 });
  });

  it('cuts long lists, and says how much is left out of which', () => {
    const short = shortenEntry({
      ...base,
      rooms: many(50),
      inputs: { headroom: new Map(many(25).entries()) },
    });
    expect(short.rooms).toEqual(many(50).slice(0, 20));
    expect(short.leftOut).toEqual({ rooms: 30, 'inputs.headroom': 5 });
  });

  it('keeps who was chosen', () => {
    const candidates = many(40).map((name, index) => ({ name, chosen: index === 39, reason: 'r' }));
    expect(shortenEntry({ ...base, candidates }).candidates[0]).toMatchObject({ name: '0039', chosen: true });
  });

  it.each([
    ['long lists of long texts', { rooms: many(1_000, 900), shards: many(100, 900) }],
    ['wide inputs', { inputs: Object.fromEntries(many(20).map((key) => [key, many(20, 300)])) }],
    [
      'long candidates',
      { candidates: many(20).map((name) => ({ name, chosen: true, reason: '€'.repeat(999) })) },
    ],
    ['a long reason', { reason: 'x'.repeat(1e6), outcome: '€'.repeat(1e6), actor: 'y'.repeat(1e6) }],
  ])('bounds %s in bytes', (_what, over) => {
    const short = shortenEntry({ ...base, ...over });
    expect(Buffer.byteLength(JSON.stringify(short))).toBeLessThan(12_000);
    expect(storedEntry.parse(JSON.parse(JSON.stringify(short)))).toEqual(short);
  });

  it('takes whatever inputs there are', () => {
    const circle: Record<string, unknown> = {
      big: 5n,
      none: undefined,
      set: new Set([1]),
      error: new Error('x'),
    };
    circle.self = circle;
    const { inputs } = shortenEntry({ ...base, inputs: circle });
    expect(JSON.parse(JSON.stringify(inputs))).toMatchObject({ big: '5', set: [1], self: { big: '5' } });
  });
});
