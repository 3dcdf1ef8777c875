import { describe, expect, it } from 'vitest';
import { decideHealth } from './health.ts';

describe('decideHealth', () => {
  const cases = [
    { it: 'is well', xmppConnected: true, totalBridges: 2, operationalBridges: 1, status: 200 },
    {
      it: 'fails softly without XMPP',
      xmppConnected: false,
      totalBridges: 2,
      operationalBridges: 2,
      status: 503,
    },
    {
      it: 'fails hard without bridges',
      xmppConnected: true,
      totalBridges: 2,
      operationalBridges: 0,
      status: 500,
    },
    {
      it: 'puts hard before soft',
      xmppConnected: false,
      totalBridges: 0,
      operationalBridges: 0,
      status: 500,
    },
  ];
  for (const { it: title, status, ...state } of cases) {
    it(title, () => expect(decideHealth(state).status).toBe(status));
  }
});
