import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { sleep } from '../../common/time.ts';
import { createSparingWarn } from './sparing-warn.ts';

describe('createSparingWarn', () => {
  it('logs a message once in a while, with the number held back, and another one at once', async () => {
    const lines: Record<string, unknown>[] = [];
    const write: Writable['_write'] = (chunk: Buffer, _, done) => {
      lines.push(JSON.parse(chunk.toString()));
      done();
    };
    const warn = createSparingWarn(pino(new Writable({ write })), 50);
    for (let index = 0; index < 1000; index += 1) warn('handler failed', { index });
    warn('peer refused', {});
    await sleep(60);
    warn('handler failed', { index: 1000 });
    expect(lines.map(({ msg, index, heldBack }) => [msg, index, heldBack])).toEqual([
      ['handler failed', 0, 0],
      ['peer refused', undefined, 0],
      ['handler failed', 1000, 999],
    ]);
  });
});
