import { describe, expect, it } from 'vitest';
import { escapeWord, groupsWithin, renderRequest } from './request.ts';

describe('escapeWord', () => {
  it.each([
    ['/run/rooms.map', '/run/rooms.map'],
    ['a b', 'a\\ b'],
    ['a;b', 'a\\;b'],
    ['a\\', 'a\\\\'],
    ['%0a', '%0a'],
  ])('%j becomes %j', (word, escaped) => {
    expect(escapeWord(word)).toBe(escaped);
  });

  it.each(['', 'a\nb', 'a\rb', 'a\tb', 'a\0', 'caf\u00e9', '<<', '<<END', '\x7f'])('refuses %j', (word) => {
    expect(() => escapeWord(word)).toThrow(RangeError);
  });
});

describe('renderRequest', () => {
  it('joins commands by a semicolon and ends a payload with an empty line', () => {
    const commands = [
      ['show', 'info'],
      ['add', 'map', 'f'],
    ];
    expect(renderRequest(commands, [], 100)).toBe('show info;add map f\n');
    expect(renderRequest([['add', 'map', 'f']], ['k v', 'l w'], 100)).toBe('add map f <<\nk v\nl w\n\n');
  });

  it('refuses what is one byte too long and takes what just fits', () => {
    const fits = `${'x'.repeat(99)}\n`;
    expect(renderRequest([['x'.repeat(99)]], [], 100)).toBe(fits);
    expect(() => renderRequest([['x'.repeat(100)]], [], 100)).toThrow(/101 bytes/);
  });

  it.each(['', 'a b\nclear map x', 'a \u00e9'])('refuses the payload line %j', (line) => {
    expect(() => renderRequest([['add', 'map', 'f']], ['k v', line], 100)).toThrow(RangeError);
  });
});

describe('groupsWithin', () => {
  it('fills groups up to the limit, separators counted', () => {
    const groups = [...groupsWithin(['aaa', 'bbb', 'cc', 'dddddddddd', 'e'], (item) => item.length, 8)];
    expect(groups).toEqual([['aaa', 'bbb'], ['cc'], ['dddddddddd'], ['e']]);
  });
});
