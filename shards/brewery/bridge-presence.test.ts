import { xml } from '@xmpp/client';
import { describe, expect, it } from 'vitest';
import { colibriNamespace, foldBridgePresence } from './bridge-presence.ts';
import { parseMucPresence } from './muc.ts';

function presence(stats?: Record<string, string>) {
  const stat = Object.entries(stats ?? {}).map(([name, value]) => xml('stat', { name, value }));
  const extension = stats ? [xml('stats', { xmlns: colibriNamespace }, ...stat)] : [];
  const parsed = parseMucPresence(xml('presence', { from: 'brewery@muc.x/b1' }, ...extension));
  if (!parsed) throw new Error('not a room presence');
  return parsed;
}

describe('foldBridgePresence', () => {
  it('reads what a bridge says', () => {
    const stats = {
      region: 'eu',
      version: '2.3',
      release: '77',
      drain: 'true',
      healthy: 'true',
      stress_level: '0.25',
    };
    expect(foldBridgePresence(undefined, presence(stats), 5)).toMatchObject({
      name: 'b1',
      occupantJid: 'brewery@muc.x/b1',
      region: 'eu',
      version: '2.3-77',
      draining: true,
      healthy: true,
      stress: 0.25,
      firstSeenMs: 5,
    });
  });

  it('keeps the last value of a field left out or spoilt, and never takes unknown for false', () => {
    const first = foldBridgePresence(undefined, presence({ drain: 'true' }), 5);
    const second = foldBridgePresence(first, presence({ drain: 'perhaps', stress_level: 'NaN' }), 9);
    expect(second).toMatchObject({ draining: true, firstSeenMs: 5, lastSeenMs: 9 });
    expect(second?.healthy).toBeUndefined();
    expect(second?.stress).toBeUndefined();
  });

  it('is undefined for an occupant that is no bridge', () => {
    expect(foldBridgePresence(undefined, presence(), 5)).toBeUndefined();
  });
});
