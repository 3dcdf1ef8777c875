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
  it('is never well in a version that is made to be broken', () => {
    const state = { version: 'v2-broken', xmppConnected: true, totalBridges: 2, operationalBridges: 2 };
    expect(decideHealth(state)).toEqual({ status: 500, message: 'version v2-broken is broken' });
  });
  for (const { it: title, status, ...state } of cases) {
    it(title, () => expect(decideHealth({ version: '1', ...state }).status).toBe(status));
  }
});
