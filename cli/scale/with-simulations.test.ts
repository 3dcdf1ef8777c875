import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { withSimulations } from './with-simulations.ts';

const { signal } = new AbortController();

test.each([
  [true, /simulating 50 % of 4 days/],
  [false, /^$/],
])('shows its progress where somebody looks: %s', async (isTTY, shown) => {
  const stderr = Object.assign(new PassThrough(), { isTTY });
  await withSimulations({ signal, stderr }, async (_, onProgress) => onProgress?.(2, 4));
  expect(String(stderr.read() ?? '')).toMatch(shown);
});

test('what was interrupted before does not begin', async () => {
  const work = () => Promise.resolve('done');
  const context = { signal: AbortSignal.abort(), stderr: new PassThrough() };
  await expect(withSimulations(context, work)).rejects.toThrow('aborted');
});
