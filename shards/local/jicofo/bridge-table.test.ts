import { xml } from '@xmpp/client';
import { describe, expect, it } from 'vitest';
import { colibriNamespace } from '../../brewery/bridge-presence.ts';
import { parseMucPresence } from '../../brewery/muc.ts';
import { BridgeTable } from './bridge-table.ts';

const jid = 'brewery@muc.x/b1';

function hear(table: BridgeTable, stats: Record<string, string>, nowMs: number): boolean {
  const stat = Object.entries(stats).map(([name, value]) => xml('stat', { name, value }));
  const presence = parseMucPresence(
    xml('presence', { from: jid }, xml('stats', { xmlns: colibriNamespace }, ...stat)),
  );
  return presence !== undefined && table.hear(presence, nowMs);
}

function leave(table: BridgeTable): void {
  const presence = parseMucPresence(xml('presence', { from: jid, type: 'unavailable' }));
  if (presence) table.hear(presence, 0);
}

describe('BridgeTable', () => {
  it('takes a bridge that has not said so for a draining one', () => {
    const table = new BridgeTable();
    hear(table, {}, 0);
    expect(table.candidates(0)[0]).toMatchObject({ draining: true, operational: true });
    hear(table, { drain: 'false' }, 1);
    expect(table.candidates(1)[0]?.draining).toBe(false);
  });

  it('gives up a silent bridge, and takes it back', () => {
    const table = new BridgeTable();
    hear(table, {}, 0);
    expect(table.usable(jid, 44_999)).toBe(true);
    expect(table.usable(jid, 45_000)).toBe(false);
    hear(table, {}, 50_000);
    expect(table.usable(jid, 50_000)).toBe(true);
  });

  it('does not use a bridge for a minute after it failed', () => {
    const table = new BridgeTable();
    hear(table, {}, 0);
    table.failed(jid, 0);
    hear(table, {}, 59_000);
    expect(table.usable(jid, 59_999)).toBe(false);
    expect(table.usable(jid, 60_000)).toBe(true);
  });

  it('counts new endpoints as stress until the bridge reports them itself', () => {
    const table = new BridgeTable();
    hear(table, { stress_level: '0.5', average_participant_stress: '0.1' }, 0);
    table.endpointsAdded(jid, 2, 0);
    expect(table.candidates(19_999)[0]?.stress).toBeCloseTo(0.7);
    expect(table.candidates(20_000)[0]?.stress).toBeCloseTo(0.5);
  });

  it('wakes conferences for a new bridge, one shutting down and a lost one, but not for each presence', () => {
    const table = new BridgeTable();
    expect(hear(table, { shutting_down: 'false' }, 0)).toBe(true);
    expect(hear(table, { shutting_down: 'false' }, 1)).toBe(false);
    expect(hear(table, { shutting_down: 'true' }, 2)).toBe(true);
    expect(table.remove(jid)).toBe(true);
  });

  it('counts as lost only what left without a word', () => {
    const table = new BridgeTable();
    hear(table, { graceful_shutdown: 'true' }, 0);
    leave(table);
    expect(table.lost).toBe(0);
    hear(table, {}, 0);
    leave(table);
    expect(table.lost).toBe(1);
  });
});
