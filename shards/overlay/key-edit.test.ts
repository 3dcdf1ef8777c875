import { describe, expect, it } from 'vitest';
import { removeKey, setKey } from './key-edit.ts';
import { parseYaml } from './yaml-source.ts';

const path = ['gen', 0, 'options', 'annotations', 'usher.dev/desired'];
const set = (text: string, value = 'draining'): string => setKey(parseYaml('f', text), path, value);
const remove = (text: string): string => removeKey(parseYaml('f', text), path);

const plain = `gen:   # generators
  - name: shard
    literals:
      - A=1   # one
      # of these
k:    v
`;

describe('setKey and removeKey', () => {
  it('add the mappings that lack and take them away again, byte for byte', () => {
    const after = set(plain);
    expect(after).toBe(
      plain.replace(
        '# one\n',
        '# one\n    options:\n      annotations:\n        usher.dev/desired: draining\n',
      ),
    );
    expect(remove(after)).toBe(plain);
  });

  it('change a value in its place', () => {
    const after = set(plain);
    expect(set(after.replace('draining', 'draining   # by hand'), 'cordoned')).toBe(
      after.replace('draining', 'cordoned   # by hand'),
    );
  });

  it.each([
    ['options', '    options:\n      disableNameSuffixHash: true # keep\n'],
    ['annotations', '    options:\n      annotations:\n        mine: yes   # keep\n'],
  ])('keep foreign %s', (_, foreign) => {
    const before = plain
      .replace('k:    v', `  - name: other\nk:    v`)
      .replace('      # of these\n', foreign);
    const after = set(before);
    expect(after).toContain('usher.dev/desired: draining\n');
    expect(after.replace(/\n *usher.dev.*|\n {6}annotations:(?=\n *usher)/g, '')).toBe(before);
    expect(remove(after)).toBe(before);
  });

  it.each([
    [
      '# top\ngen: [ {name: shard, options: {annotations: {a:  b}}} ] # all\nk:   v\n',
      'a:  b',
      'a:  b, usher.dev/desired: draining',
    ],
    [
      'gen:\n  - {name: shard} # own\n',
      'shard',
      'shard, options: {annotations: {usher.dev/desired: draining}}',
    ],
  ])('write into the flow mapping %j, and nothing else', (before, from, to) => {
    const after = set(before);
    expect(after).toBe(before.replace(from, to));
    expect(remove(after)).toBe(before);
  });
});
