import { describe, expect, it } from 'vitest';
import { formatFields, formatTable } from './table.ts';

describe('formatTable', () => {
  it('aligns columns without borders or trailing spaces, one line for each row', () => {
    const rows = [
      ['eu-1', 7, true],
      ['long-name', null, ''],
      ['two\nlines', 1_000, false],
    ];
    expect(formatTable(['NAME', 'ROOMS', 'ON'], rows)).toBe(
      [
        'NAME        ROOMS   ON',
        'eu-1        7       yes',
        'long-name   -       -',
        'two lines   1000    no',
        '',
      ].join('\n'),
    );
  });

  it('gives colours no room', () => {
    expect(formatTable(['A', 'B'], [['\u001b[32mon\u001b[39m', 1]])).toBe(
      'A    B\n\u001b[32mon\u001b[39m   1\n',
    );
  });

  it('bears the rooms of a large fleet', () => {
    const rows = Array.from({ length: 100_000 }, (_, row) => [`/room-${row}`, 'eu-1.1', 'live', 3, '30m']);
    const start = performance.now();
    const table = formatTable(['ROOM', 'SHARD', 'STATE', 'PARTICIPANTS', 'AGE'], rows);
    expect(table.split('\n')).toHaveLength(100_002);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('formatFields', () => {
  it('puts names before their values', () => {
    expect(
      formatFields([
        ['Name', 'eu-1'],
        ['Participants', 0],
      ]),
    ).toBe('Name:           eu-1\nParticipants:   0\n');
  });
});
