import { describe, expect, it } from 'vitest';
import { type BridgeCandidate, selectBridge } from './select-bridge.ts';

function bridge(jid: string, state: Partial<BridgeCandidate> = {}): BridgeCandidate {
  const healthy = { operational: true, shuttingDown: false, gracefulShutdown: false, draining: false };
  return { jid, ...healthy, stress: 0, region: 'eu', ...state };
}

describe('selectBridge', () => {
  const cases: { it: string; bridges: BridgeCandidate[]; region?: string; jid: string | undefined }[] = [
    { it: 'finds none among none', bridges: [], jid: undefined },
    {
      it: 'takes the least stressed',
      bridges: [bridge('a', { stress: 0.5 }), bridge('b', { stress: 0.2 })],
      jid: 'b',
    },
    {
      it: 'never takes one that is not operational',
      bridges: [bridge('a', { operational: false })],
      jid: undefined,
    },
    {
      it: 'never takes one that is shutting down',
      bridges: [bridge('a', { shuttingDown: true })],
      jid: undefined,
    },
    {
      it: 'prefers a stressed bridge to a draining one',
      bridges: [bridge('a', { draining: true }), bridge('b', { stress: 0.9 })],
      jid: 'b',
    },
    {
      it: 'takes a draining one when there is no other',
      bridges: [bridge('a', { draining: true })],
      jid: 'a',
    },
    {
      it: 'prefers a stressed bridge to one in graceful shutdown',
      bridges: [bridge('a', { gracefulShutdown: true }), bridge('b', { stress: 0.9 })],
      jid: 'b',
    },
    {
      it: 'takes a draining one before one that drains and shuts down',
      bridges: [
        bridge('a', { draining: true, gracefulShutdown: true }),
        bridge('b', { draining: true, stress: 0.9 }),
      ],
      jid: 'b',
    },
    {
      it: 'prefers its own region to less stress',
      bridges: [bridge('a', { region: 'us' }), bridge('b', { stress: 0.4 })],
      region: 'eu',
      jid: 'b',
    },
    {
      it: 'leaves its region rather than take a draining bridge',
      bridges: [bridge('a', { region: 'us' }), bridge('b', { draining: true })],
      region: 'eu',
      jid: 'a',
    },
  ];
  for (const { it: title, bridges, region, jid } of cases) {
    it(title, () => expect(selectBridge(bridges, { region }).jid).toBe(jid));
  }
});
