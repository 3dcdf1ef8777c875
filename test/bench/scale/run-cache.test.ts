import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { codeDigest } from './code-digest.ts';
import { RunCache } from './run-cache.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-bench-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('what was answered is not asked again, and another question is', async () => {
  let asked = 0;
  const ask = async () => ({ answer: ++asked });
  const cache = new RunCache(join(folder, 'cache'));
  expect(await cache.get(['a', 1], ask)).toEqual({ answer: 1 });
  expect(await new RunCache(join(folder, 'cache')).get(['a', 1], ask)).toEqual({ answer: 1 });
  expect(await cache.get(['a', 2], ask)).toEqual({ answer: 2 });
});

test('a failure is not kept', async () => {
  const cache = new RunCache(folder);
  await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await cache.get('a', async () => 7)).toBe(7);
});

test('where nothing can be kept it answers all the same', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(await new RunCache(join(folder, 'file')).get('a', async () => 7)).toBe(7);
});

test('a digest changes with what a file imports, and with nothing else', async () => {
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write('a.ts', "import { b } from './b.ts';\n");
  await write('b.ts', 'export const b = 1;\n');
  await write('c.ts', '');
  const digest = () => codeDigest(pathToFileURL(join(folder, 'a.ts')));
  const first = await digest();
  await write('c.ts', 'export const c = 1;\n');
  expect(await digest()).toBe(first);
  await write('b.ts', 'export const b = 2;\n');
  expect(await digest()).not.toBe(first);
});
