import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertItem, removeItem } from './list-edit.ts';
import { parseYaml } from './yaml-source.ts';

const odd = `# the fleet
kind:   Kustomization   # odd spacing
resources:
    # europe
    - "shards/eu-1"   # first

    - 'shards/eu-2'
    # end of europe
patches: [ {path: a.yaml} ]
`;

describe('insertItem', () => {
  it('adds one line behind the given item and touches no other byte', () => {
    const after = insertItem(parseYaml('list', odd), ['resources'], 1, 'shards/us-1');
    expect(after).toBe(odd.replace("eu-2'\n", "eu-2'\n    - shards/us-1\n"));
  });

  it.each([
    ['no list', 'kind: K\n', 'kind: K\nresources:\n  - shards/a\n'],
    ['an empty list', 'resources: []\nkind: K # k\n', 'resources:\n  - shards/a\nkind: K # k\n'],
    ['a list of nothing', 'resources:\nkind: K\n', 'resources:\n  - shards/a\nkind: K\n'],
  ])('makes the list where there is %s', (_, before, after) => {
    expect(insertItem(parseYaml('list', before), ['resources'], -1, 'shards/a')).toBe(after);
  });

  it.each([
    ['resources: [env,b] # all\n', 1, 'resources: [env,b, shards/a] # all\n'],
    ['resources: [ env, b ]\nk:   1\n', 0, 'resources: [ env, shards/a, b ]\nk:   1\n'],
    ['resources: [\n  env, # one\n]\n', 0, 'resources: [\n  env, shards/a, # one\n]\n'],
  ])('writes into the flow list %j behind item %i, which removeItem undoes', (before, after, written) => {
    expect(insertItem(parseYaml('list', before), ['resources'], after, 'shards/a')).toBe(written);
    expect(removeItem(parseYaml('list', written), ['resources'], after + 1)).toBe(before);
  });

  it('keeps CRLF and mends a missing last line break', () => {
    expect(insertItem(parseYaml('list', 'resources:\r\n- a\r\nk: 1\r\n'), ['resources'], 0, 'b')).toBe(
      'resources:\r\n- a\r\n- b\r\nk: 1\r\n',
    );
    expect(insertItem(parseYaml('list', 'resources:\n- a'), ['resources'], 0, 'b')).toBe(
      'resources:\n- a\n- b\n',
    );
  });

  it('is undone byte for byte by removeItem, whatever stands around the list', () => {
    const comment = fc.constantFrom('', '   # why', ' #');
    const between = fc.constantFrom('', '\n', '  # note\n', '\n# far left\n\n');
    const item = fc.tuple(
      fc.constantFrom('a', "'b'", '"c d"', 'e#f', '*.yaml', '>-\n    folded'),
      comment,
      between,
    );
    const list = fc.array(item, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        list,
        fc.nat(),
        fc.constantFrom('', 'patches: [ {a: 1} ]\n', '# end\n'),
        (items, at, end) => {
          const lines = items.map(([text, note, gap]) => {
            if (text.startsWith('*')) return `  - "${text}"${note}\n${gap}`;
            return text.startsWith('>') ? `  - ${text}\n${gap}` : `  - ${text}${note}\n${gap}`;
          });
          const before = `a:    1\nresources:  # list\n${lines.join('')}${end}`;
          const after = at % items.length;
          const inserted = insertItem(parseYaml('list', before), ['resources'], after, 'shards/x');
          expect(inserted.length).toBe(before.length + '  - shards/x\n'.length);
          expect(removeItem(parseYaml('list', inserted), ['resources'], after + 1)).toBe(before);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('removeItem', () => {
  it('takes one line away and touches no other byte', () => {
    const after = removeItem(parseYaml('list', odd), ['resources'], 0);
    expect(after).toBe(odd.replace('    - "shards/eu-1"   # first\n', ''));
  });

  it('leaves an empty list that kustomize accepts', () => {
    const before = '# c\nresources: # all\n  - shards/a\npatches: [ ]\n';
    expect(removeItem(parseYaml('list', before), ['resources'], 0)).toBe(
      '# c\nresources: [] # all\npatches: [ ]\n',
    );
  });
});
