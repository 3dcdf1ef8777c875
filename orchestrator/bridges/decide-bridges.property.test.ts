import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
const bounds = fc
  .record({
    min: fc.integer({ min: 1, max: 4 }),
    more: fc.nat(3),
    wanted: fc.option(fc.nat(9), { nil: undefined }),
  })
  .map(({ min, more, wanted }) => ({ min, max: min + more, ...(wanted !== undefined && { wanted }) }));

const countIn = ({ bridges, words }: BridgesView, ...states: string[]) =>
  bridges.filter((one) => states.includes(stateOf(one, words.get(one.name)))).length;
const chosenOf = ({ bridges }: BridgesView, names: readonly string[]) =>
  names.map((name) => bridges.find((one) => one.name === name));

describe('decideBridges, whatever it is shown', () => {
  it('keeps to what must never happen', () => {
    fc.assert(
      fc.property(views, bounds, (view, limits) => {
        const decision = decideBridges(view, limits);
        const told = (one: FollowedBridge | undefined) => view.words.get(one?.name ?? '');
        const open = countIn(view, 'open');
        switch (decision.do) {
          case 'nothing':
          case 'forget':
            break;
          case 'start':
            expect(countIn(view, 'open', 'unknown', 'unable') + decision.count).toBeLessThanOrEqual(
              limits.max,
            );
            expect(countIn(view, 'draining')).toBe(0);
            break;
          case 'undrain':
            for (const one of chosenOf(view, decision.bridges)) {
              expect(one?.said).toMatchObject({ ok: true, draining: true });
              expect([undefined, 'open']).toContain(told(one));
            }
            break;
          case 'drain': {
            const drained = chosenOf(view, decision.bridges);
            for (const one of drained) expect(one?.said).toMatchObject({ ok: true, draining: false });
            const untold = drained.filter((one) => one && stateOf(one, told(one)) === 'open').length;
            if (untold > 0) expect(open - untold).toBeGreaterThanOrEqual(limits.min);
            break;
          }
          case 'remove':
            for (const one of chosenOf(view, decision.bridges)) {
              if (told(one) === 'cut') continue;
              expect(told(one)).not.toBe('drained');
              expect(one?.said).toMatchObject({
                ok: true,
                draining: true,
                localEndpoints: 0,
                conferences: 0,
              });
              expect(one?.emptyReads).toBeGreaterThanOrEqual(3);
              expect(open).toBeGreaterThan(0);
            }
            break;
          default:
            decision satisfies never;
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('comes to rest within the bounds, with nobody cut, while people come and go', () => {
    const steps = fc.array(fc.record({ on: fc.nat(20), endpoints: fc.nat(2) }), { maxLength: 30 });
    fc.assert(
      fc.property(views, bounds, steps, (start, limits, moves) => {
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
          const decision = decideBridges({ bridges, words: new Map() }, limits);
          if (decision.do === 'start') {
            for (let n = 0; n < decision.count; n += 1) bridges.push(bridge(`new${started++}`));
          }
          if (decision.do === 'drain' || decision.do === 'undrain') {
            const draining = decision.do === 'drain';
            bridges = bridges.map((one) =>
              one.said.ok && decision.bridges.includes(one.name)
                ? { ...one, said: { ...one.said, draining }, emptyReads: 0 }
                : one,
            );
          }
          if (decision.do === 'remove') {
            const removed = bridges.filter(({ name }) => decision.bridges.includes(name));
            for (const { said } of removed) expect(said).toMatchObject({ localEndpoints: 0 });
            bridges = bridges.filter(({ name }) => !decision.bridges.includes(name));
          }
        }
        expect(bridges.every(({ said }) => said.ok && !said.draining)).toBe(true);
        expect(bridges.length).toBeGreaterThanOrEqual(limits.min);
        expect(bridges.length).toBeLessThanOrEqual(limits.max);
        if (limits.wanted !== undefined) {
          expect(bridges).toHaveLength(Math.min(limits.max, Math.max(limits.min, limits.wanted)));
        }
      }),
    );
  });
});
