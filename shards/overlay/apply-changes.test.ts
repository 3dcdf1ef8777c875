import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyChanges } from './apply-changes.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-apply-'));
  await writeFile(at('list'), 'old');
  await mkdir(at('a/b'), { recursive: true });
  await writeFile(at('a/one'), '1');
  await writeFile(at('a/b/two'), '2');
});
afterEach(() => rm(folder, { recursive: true }));

async function tree(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries.sort();
}

describe('applyChanges', () => {
  it('writes, makes folders, and removes files and the folders that become empty', async () => {
    await applyChanges([
      { path: at('list'), before: 'old', after: 'new' },
      { path: at('x/y/z'), before: undefined, after: 'fresh' },
      { path: at('a/one'), before: '1', after: undefined },
      { path: at('a/b/two'), before: '2', after: undefined },
    ]);
    expect(await tree()).toEqual(['list', 'x', 'x/y', 'x/y/z']);
    expect(await readFile(at('list'), 'utf8')).toBe('new');
    expect(await readFile(at('x/y/z'), 'utf8')).toBe('fresh');
  });

  it('undoes everything when a later change fails', async () => {
    const before = await tree();
    const failing = applyChanges([
      { path: at('list'), before: 'old', after: 'new' },
      { path: at('x/y/z'), before: undefined, after: 'fresh' },
      { path: at('a/one'), before: '1', after: undefined },
      { path: at('n'.repeat(250)), before: undefined, after: 'a name too long once .usher-new is added' },
    ]);
    await expect(failing).rejects.toThrow(/ENAMETOOLONG.*everything is as it was/);
    expect(await tree()).toEqual(before);
    expect(await readFile(at('list'), 'utf8')).toBe('old');
    expect(await readFile(at('a/one'), 'utf8')).toBe('1');
  });

  it.each([
    ['edited', 'list', 'older'],
    ['created', 'list', undefined],
    ['removed', 'gone', 'text'],
  ])('changes nothing when a file was %s since the plan', async (_, name, before) => {
    const stale = applyChanges([
      { path: at('new'), before: undefined, after: 'new' },
      { path: at(name), before, after: 'text' },
    ]);
    await expect(stale).rejects.toThrow(/changed by someone else/);
    expect(await tree()).toEqual(['a', 'a/b', 'a/b/two', 'a/one', 'list']);
  });
});
