import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);

/** A checkout in which npm has just been: what setup.sh does there is nobody's loss. */
let root: string;
let setup: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'usher-setup-'));
  setup = join(root, 'scripts/setup.sh');
  for (const folder of ['scripts', 'node_modules/.bin', 'bin'])
    await mkdir(join(root, folder), { recursive: true });
  await copyFile(join(import.meta.dirname, 'setup.sh'), setup);
  await symlink(process.execPath, join(root, 'node_modules/.bin/node'));
  await writeFile(join(root, 'package-lock.json'), '{}');
  await writeFile(join(root, 'node_modules/.package-lock.json'), '{}');
});
afterEach(() => rm(root, { recursive: true }));

/** Runs it, with the programs that stand in `bin` before all others. */
function runSetup() {
  return run('bash', [setup], { env: { ...process.env, PATH: `${join(root, 'bin')}:${process.env.PATH}` } });
}

async function program(name: string, script: string): Promise<string> {
  const file = join(root, 'bin', name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('setup.sh', () => {
  it('says nothing and is quick where all is there', async () => {
    const start = Date.now();
    expect(await runSetup()).toEqual({ stdout: '', stderr: '' });
    // 0.04 s on an idle machine of two cores.
    expect(Date.now() - start).toBeLessThan(2_000);
  });

  it('gets the npm packages when others are asked for than those that are there', async () => {
    await program('npm', 'echo "npm $*"');
    const tomorrow = new Date(Date.now() + 86_400_000);
    await utimes(join(root, 'package-lock.json'), tomorrow, tomorrow);
    expect(await runSetup()).toEqual({
      stdout: '',
      stderr: expect.stringMatching(/^setup: npm packages, .*\nnpm ci --include=dev /),
    });
  });

  it('names a program that is too old, where it lies and what is needed, on stderr', async () => {
    const haproxy = await program('haproxy', 'echo "HAProxy version 2.4.30-0ubuntu0.22.04.1 2026/01/01"');
    await expect(runSetup()).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`haproxy 2.4 (${haproxy}); 2.6 or newer is needed`),
    });
  });
});
