import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitFiles, refuseUncommitted, uncommittedFiles } from './commit-files.ts';

const { signal } = new AbortController();
let root: string;
const at = (name: string) => join(root, name);
const git = (...words: string[]) => execFileSync('git', ['-C', root, ...words], { encoding: 'utf8' });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'usher-git-'));
  git('init', '-q');
  git('config', 'user.name', 'test');
  git('config', 'user.email', 'test@example.org');
  await mkdir(at('shards/a'), { recursive: true });
  for (const name of ['list', 'other', 'shards/a/k.yaml']) await writeFile(at(name), 'old');
  git('add', '.');
  git('commit', '-qm', 'first');
});
afterEach(() => rm(root, { recursive: true }));

describe('commitFiles', () => {
  it('commits new, changed and deleted files, and leaves what else is staged where it is', async () => {
    await writeFile(at('other'), 'staged');
    git('add', 'other');
    await writeFile(at('list'), 'new');
    await mkdir(at('shards/ä b'));
    await writeFile(at('shards/ä b/k.yaml'), 'new');
    await rm(at('shards/a'), { recursive: true });
    const files = await uncommittedFiles(root, [at('list'), at('shards/a'), at('shards/ä b')], signal);
    await commitFiles(root, files, 'Add it', signal);
    const committed = git('show', '-z', '--no-renames', '--name-status', '--format=%s').split('\0');
    expect(committed.join(' ')).toMatch(/^Add it\s+M list D shards\/a\/k.yaml A shards\/ä b\/k.yaml/);
    expect(git('status', '--porcelain')).toBe('M  other\n');
  });

  it('tells what is staged from what is not, and refuses by name', async () => {
    await writeFile(at('list'), 'new');
    await writeFile(at('other'), 'new');
    git('add', 'other');
    const files = await uncommittedFiles(root, [root], signal);
    expect(files).toEqual([
      { path: 'list', staged: false },
      { path: 'other', staged: true },
    ]);
    expect(() => refuseUncommitted(files)).toThrow(
      /commit or undo them first\n {2}list\n {2}other \(staged\)$/,
    );
    expect(() => refuseUncommitted([])).not.toThrow();
  });

  it('says so where there is no repository', async () => {
    await rm(at('.git'), { recursive: true });
    await expect(uncommittedFiles(root, [root], signal)).rejects.toThrow(/is in no git repository/);
  });
});
