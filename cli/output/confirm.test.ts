import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { confirm } from './confirm.ts';

const { signal } = new AbortController();

function ask(answer: string, isTTY = true): { said: PassThrough; asked: Promise<void> } {
  const said = new PassThrough();
  const stdin = Object.assign(new PassThrough(), { isTTY });
  stdin.write(`${answer}\n`);
  return { said, asked: confirm(['cut 1 room'], { stdin, stderr: said, signal }) };
}

describe('confirm', () => {
  it('shows what will be lost, and goes on by yes alone', async () => {
    const { said, asked } = ask('yes');
    await asked;
    expect(String(said.read())).toBe('will cut 1 room\nType yes to go on: ');
    await expect(ask('y').asked).rejects.toThrow('not confirmed; nothing was changed');
    await expect(ask('').asked).rejects.toMatchObject({ exitCode: 1 });
  });

  it('is wrong usage where nobody can be asked', async () => {
    await expect(ask('yes', false).asked).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('--yes'),
    });
  });

  it('ends with the signal', async () => {
    const stopped = new AbortController();
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const asked = confirm([], { stdin, stderr: new PassThrough(), signal: stopped.signal });
    stopped.abort();
    await expect(asked).rejects.toThrow(/abort/i);
  });
});
