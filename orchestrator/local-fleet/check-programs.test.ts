import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkPrograms } from './check-programs.ts';

const { signal } = new AbortController();
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usher-programs-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true, force: true });
});

function putProgram(name: string, says: string): void {
  writeFileSync(join(directory, name), `#!/bin/sh\necho '${says}'\n`);
  chmodSync(join(directory, name), 0o755);
}

describe('checkPrograms', () => {
  it('is content with the programs of this machine, whether or not sbin is on the PATH', async () => {
    await checkPrograms(signal);
    vi.stubEnv('PATH', '/usr/local/bin:/usr/bin:/bin');
    await checkPrograms(signal);
  });

  it('names everything that is missing, and what puts it right', async () => {
    vi.stubEnv('PATH', directory);
    await expect(checkPrograms(signal)).rejects.toThrow(
      'redis-server is missing; prosody is missing. `npm run setup` installs what is missing',
    );
  });

  it('names what is too old, with the release found and the one needed', async () => {
    putProgram('haproxy', 'HAProxy version 2.4.22-0ubuntu1 2023/02/15');
    putProgram('redis-server', 'Redis server v=6.2.6 sha=0');
    vi.stubEnv('PATH', `${directory}:${process.env.PATH}`);
    await expect(checkPrograms(signal)).rejects.toThrow(
      'haproxy 2.4.22-0ubuntu1 is too old: 2.6 or newer is needed; redis-server 6.2.6 is too old: 7.0',
    );
  });
});
