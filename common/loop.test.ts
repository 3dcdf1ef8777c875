import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { loop } from './loop.ts';
import { waitFor } from './time.ts';

describe('loop', () => {
  it('goes on after a step that failed, and says of what lasts only how often it failed as that doubles', async () => {
    const written = new PassThrough();
    const ending = new AbortController();
    const reasons = ['gone', 'gone', 'gone', 'gone', 'late'];
    let steps = 0;
    const done = loop('test', 1, ending.signal, pino({ level: 'warn' }, written), async () => {
      const reason = reasons[steps];
      steps += 1;
      if (reason !== undefined) throw new Error(reason);
    });
    const isPast = () => (steps > reasons.length ? true : undefined);
    await waitFor(isPast, { timeoutMs: 15_000, describe: () => 'it gave up' });
    ending.abort();
    await done;
    const lines = String(written.read()).trim().split('\n');
    const said = lines.map((line) => JSON.parse(line)).map(({ failures, error }) => `${failures} ${error}`);
    expect(said).toEqual(['1 gone', '2 gone', '4 gone', '5 late']);
  });
});
