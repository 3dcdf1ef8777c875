import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withFleetLock } from './lock.ts';

let state: string;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'usher-lock-'));
});

afterEach(() => rmSync(state, { recursive: true, force: true }));

describe('withFleetLock', () => {
  it('lets one at a time, by whatever path, and the next after an error', async () => {
    const link = `${state}.link`;
    symlinkSync(state, link);
    const work = withFleetLock(state, async () => {
      await expect(withFleetLock(link, async () => 'second')).rejects.toThrow(/another `usher up`/);
      throw new Error('work failed');
    });
    await expect(work).rejects.toThrow('work failed');
    expect(await withFleetLock(state, async () => 'next')).toBe('next');
    rmSync(link);
  });

  it('is free again when its holder was killed', async () => {
    const module = JSON.stringify(new URL('lock.ts', import.meta.url).href);
    const source = `const { withFleetLock } = await import(${module});
      await withFleetLock(${JSON.stringify(state)}, async () => {
        console.log('held');
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      });`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', source]);
    await once(holder.stdout, 'data');
    await expect(withFleetLock(state, async () => 'mine')).rejects.toThrow(/another `usher up`/);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(await withFleetLock(state, async () => 'mine')).toBe('mine');
  });
});
