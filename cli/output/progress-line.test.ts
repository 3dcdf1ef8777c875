import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ProgressLine } from './progress-line.ts';

function shown(terminal: object): string {
  const output = Object.assign(new PassThrough(), terminal);
  const line = new ProgressLine(output);
  for (const text of ['2 rooms', '2 rooms', '1 room and more']) line.show(text);
  line.end();
  return String(output.read());
}

describe('ProgressLine', () => {
  it('is a new line at each change where it cannot be overwritten', () => {
    expect(shown({})).toBe('2 rooms\n1 room and more\n');
  });

  it('changes in place on a terminal, cut to its width', () => {
    const clear = '\r\u001b[2K';
    expect(shown({ isTTY: true, columns: 9 })).toBe(`${clear}2 rooms${clear}1 room a\n`);
  });
});
