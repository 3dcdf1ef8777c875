import { describe, expect, it } from 'vitest';
import { type ConferenceModify, ConferenceTable } from './conference-table.ts';

const focus = 'brewery@muc.x/focus';

function modify(change: Partial<ConferenceModify>): ConferenceModify {
  return { meetingId: 'm1', create: false, expire: false, endpoints: [], ...change };
}

const add = (...ids: string[]) => ids.map((id) => ({ id, create: true, expire: false }));
const expire = (...ids: string[]) => ids.map((id) => ({ id, create: false, expire: true }));

function tableWith(...endpoints: string[]): ConferenceTable {
  const table = new ConferenceTable();
  table.modify(modify({ create: true, endpoints: add(...endpoints) }), focus, true);
  return table;
}

describe('ConferenceTable', () => {
  it('creates a conference with its endpoints', () => {
    expect(tableWith('a', 'b').counts).toMatchObject({
      conferences: 1,
      localEndpoints: 2,
      largestConference: 2,
    });
  });

  it('ends a conference with its last endpoint', () => {
    const table = tableWith('a', 'b');
    table.modify(modify({ endpoints: expire('a') }), focus, true);
    expect(table.counts).toMatchObject({ conferences: 1, localEndpoints: 1 });
    table.modify(modify({ endpoints: expire('b') }), focus, true);
    expect(table.counts).toMatchObject({ conferences: 0, localEndpoints: 0, conferencesCompleted: 1 });
  });

  const refusals = [
    { it: 'an unknown conference', change: { meetingId: 'm2' }, reason: 'conference_not_found' },
    { it: 'a conference created twice', change: { create: true }, reason: 'conference_already_exists' },
    {
      it: 'an unknown endpoint',
      change: { endpoints: [{ id: 'x', create: false, expire: false }] },
      reason: 'unknown_endpoint',
    },
    { it: 'an endpoint created twice', change: { endpoints: add('a') }, condition: 'conflict' },
    {
      it: 'a new conference in graceful shutdown',
      change: { meetingId: 'm2', create: true },
      acceptNew: false,
      reason: 'graceful_shutdown',
    },
  ];
  for (const { it: title, change, acceptNew = true, ...refused } of refusals) {
    it(`refuses ${title}`, () => {
      const table = tableWith('a');
      expect(table.modify(modify(change), focus, acceptNew)).toMatchObject({ refused: true, ...refused });
      expect(table.counts.localEndpoints).toBe(1);
    });
  }

  it('serves its conferences on in graceful shutdown', () => {
    const table = tableWith('a');
    expect(table.modify(modify({ endpoints: add('b') }), focus, false).refused).toBe(false);
  });

  it('expires only what nobody has managed for the time-out', () => {
    const table = tableWith('a');
    table.orphan(1_000, 'brewery@muc.x/other');
    table.expireOrphans(99_000, 5_000);
    expect(table.counts.conferences).toBe(1);
    table.orphan(1_000, focus);
    table.orphan(4_000);
    table.expireOrphans(5_999, 5_000);
    expect(table.counts.conferences).toBe(1);
    table.expireOrphans(6_000, 5_000);
    expect(table.counts.conferences).toBe(0);
  });

  it('keeps an orphan that is managed again', () => {
    const table = tableWith('a');
    table.orphan(1_000);
    table.modify(modify({ endpoints: add('b') }), focus, true);
    table.expireOrphans(99_000, 5_000);
    expect(table.counts.localEndpoints).toBe(2);
  });
});
