import { expect, it } from 'vitest';
import { runSeed } from './run-seed.ts';
import { isClean, summarize } from './summary.ts';

it('counts a seed whose fleet does not start as one that failed', async () => {
  const said: string[] = [];
  const stopped = AbortSignal.abort(new Error('called off'));
  const result = await runSeed({ seed: 7, forMs: 1_000, say: (line) => said.push(line) }, stopped);
  expect(result).toMatchObject({ seed: 7, unhealed: 'called off', healed: [] });
  expect(said).toContain('seed 7: called off');
  expect(isClean(summarize([result]))).toBe(false);
});
