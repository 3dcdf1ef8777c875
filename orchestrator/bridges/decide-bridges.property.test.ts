import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScaleDecision } from '../scaling/scale-policy.ts';
import { stateOf } from './bridge-state.ts';
import { bridgeWord } from './bridges-file.ts';
import { type BridgesView, decideBridges } from './decide-bridges.ts';
import type { FollowedBridge } from './follow-bridges.ts';
import { bridge, people, silent } from './testing/bridge.ts';

const amount = fc.option(fc.nat(3), { nil: undefined });
const someBridge = fc.record({
  answers: fc.boolean(),
  says: fc.record({
    localEndpoints: amount,
    conferences: amount,
    draining: fc.boolean(),
    able: fc.boolean(),
  }),
  reads: fc.record({ emptyReads: fc.nat(4), unableReads: fc.nat(4) }),
  word: fc.option(fc.constantFrom(...bridgeWord.options), { nil: undefined }),
});
const views = fc.array(someBridge, { maxLength: 8 }).map(
  (all): BridgesView => ({
    bridges: all.map(({ answers, says, reads }, index) =>
      answers ? bridge(`b${index}`, says, reads) : silent(`b${index}`),
    ),
    words: new Map(all.flatMap(({ word }, index) => (word ? [[`b${index}`, word] as const] : []))),
  }),
);
const someNames = fc
  .subarray(Array.from({ length: 8 }, (_, index) => `b${index}`))
  .map((all) => new Set(all));
const decisions = fc
  .record({ exist: fc.nat(9), open: someNames, end: someNames, most: fc.nat(9) })
  .map((decision): ScaleDecision => ({ ...decision, reasons: ['the load'] }));

const countIn = ({ bridges, words }: BridgesView, ...states: string[]) =>
  bridges.filter((one) => states.includes(stateOf(one, words.get(one.name)))).length;
const chosenOf = ({ bridges }: BridgesView, names: readonly string[]) =>
  names.map((name) => bridges.find((one) => one.name === name));

describe('decideBridges, whatever it is shown', () => {
  it('keeps to what must never happen', () => {
    fc.assert(
      fc.property(views, decisions, (view, decision) => {
        const told = (one: FollowedBridge | undefined) => view.words.get(one?.name ?? '');
        for (const change of decideBridges(view, decision)) {
          if (change.do === 'start') {
            const staying = view.bridges.filter(({ name }) => !decision.end?.has(name));
            const there = countIn({ ...view, bridges: staying }, 'open', 'draining', 'unknown');
            expect(there + change.count).toBeLessThanOrEqual(Math.min(decision.exist, decision.most ?? 0));
            continue;
          }
          for (const one of change.do === 'forget' ? [] : chosenOf(view, change.bridges)) {
            if (told(one) === 'cut') {
              expect(change.do).toBe('remove');
              continue;
            }
            const draining = change.do !== 'drain';
            expect(one?.said).toMatchObject({ ok: true, draining });
            if (change.do === 'undrain') expect([undefined, 'open']).toContain(told(one));
            if (change.do !== 'remove') continue;
            expect(told(one)).not.toBe('drained');
            expect(one?.said).toMatchObject({ localEndpoints: 0, conferences: 0 });
            expect(one?.emptyReads).toBeGreaterThanOrEqual(3);
            expect(countIn(view, 'open')).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('leaves one open that was, or opens one', () => {
    fc.assert(
      fc.property(views, decisions, ({ bridges }, decision) => {
        const view = { bridges, words: new Map() };
        const changes = decideBridges(view, decision);
        const changed = (what: string) =>
          changes.flatMap((change) => (change.do === what && 'bridges' in change ? change.bridges : []));
        const drained = new Set(changed('drain'));
        const open = bridges.filter((one) => stateOf(one, undefined) === 'open');
        const left = open.filter(({ name }) => !drained.has(name)).length + changed('undrain').length;
        if (open.length > 0) expect(left).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('comes to rest at what is wanted, with nobody cut, while people come and go', () => {
    const steps = fc.array(fc.record({ on: fc.nat(20), endpoints: fc.nat(2) }), { maxLength: 30 });
    fc.assert(
      fc.property(views, fc.integer({ min: 1, max: 6 }), steps, (start, exist, moves) => {
        // All can be read and are able, and nobody has said anything of them.
        let bridges = start.bridges.map(({ name, said }) =>
          bridge(name, {
            draining: said.ok && said.draining,
            ...people(said.ok ? (said.localEndpoints ?? 0) : 0),
          }),
        );
        let started = 0;
        for (let round = 0; round < 60; round += 1) {
          const move = moves[round];
          bridges = bridges.map((one, index) => {
            if (!one.said.ok) return one;
            // People come to an open bridge, or to one that has a meeting; after the last move all leave.
            const mayJoin = !one.said.draining || (one.said.localEndpoints ?? 0) > 0;
            const moved = move && mayJoin && index === move.on % bridges.length ? people(move.endpoints) : {};
            const now = { ...one.said, ...(move ? moved : people(0)) };
            const emptyReads = now.draining && now.localEndpoints === 0 ? one.emptyReads + 1 : 0;
            return { ...one, said: now, emptyReads };
          });
          const open = new Set(bridges.slice(0, exist).map(({ name }) => name));
          const decision = { exist, open, reasons: ['the load'] };
          for (const change of decideBridges({ bridges, words: new Map() }, decision)) {
            if (change.do === 'start') {
              for (let n = 0; n < change.count; n += 1) bridges.push(bridge(`new${started++}`));
              continue;
            }
            const { bridges: names, do: what } = change;
            if (what === 'remove') {
              const removed = bridges.filter(({ name }) => names.includes(name));
              for (const { said } of removed) expect(said).toMatchObject({ localEndpoints: 0 });
              bridges = bridges.filter(({ name }) => !names.includes(name));
              continue;
            }
            bridges = bridges.map((one) =>
              one.said.ok && names.includes(one.name)
                ? { ...one, said: { ...one.said, draining: what === 'drain' }, emptyReads: 0 }
                : one,
            );
          }
        }
        expect(bridges.every(({ said }) => said.ok && !said.draining)).toBe(true);
        expect(bridges).toHaveLength(exist);
      }),
    );
  });
});
