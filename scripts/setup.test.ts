import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const setup = join(import.meta.dirname, 'setup.sh');
const run = promisify(execFile);

describe('setup.sh', () => {
  it('says nothing and is quick where all is there', async () => {
    const start = Date.now();
    expect(await run('bash', [setup])).toEqual({ stdout: '', stderr: '' });
    // 0.04 s on an idle machine of two cores.
    expect(Date.now() - start).toBeLessThan(2_000);
  });

  it('names a program that is too old, where it lies and what is needed, on stderr', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'usher-setup-'));
    try {
      const haproxy = join(folder, 'haproxy');
      await writeFile(haproxy, '#!/bin/sh\necho "HAProxy version 2.4.30-0ubuntu0.22.04.1 2026/01/01"\n');
      await chmod(haproxy, 0o755);
      const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
      const message = `haproxy 2.4 (${haproxy}); 2.6 or newer is needed`;
      await expect(run('bash', [setup], { env })).rejects.toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining(message),
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
