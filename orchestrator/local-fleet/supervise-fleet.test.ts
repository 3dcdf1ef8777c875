import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sleep, waitFor } from '../../common/time.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { lastError, lastWords } from './last-words.ts';
import { keepRunning } from './supervise-fleet.ts';

let directory: string;
let processes: ProcessDirectory;
let stop: AbortController;
let kept: Promise<void>;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usher-supervise-'));
  processes = new ProcessDirectory(directory);
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await kept;
  await processes.stop('it', 0);
  rmSync(directory, { recursive: true, force: true });
});

/** Keeps `sh -c script` running as `it`, and logs to where a supervisor's log is. */
function keep(script: string, ready = () => true): void {
  const log = pino({}, pino.destination({ dest: processes.logFile('supervisor'), sync: true }));
  kept = keepRunning({ name: 'it', command: 'sh', args: ['-c', script], ready }, processes, log, stop.signal);
}

function runs(not?: number): Promise<number> {
  return waitFor(() => [processes.find('it')?.pid].find((pid) => pid !== not), {
    timeoutMs: 10_000,
    describe: () => 'it does not run',
  });
}

describe('keepRunning', () => {
  it('starts what was killed again, at once, and leaves it when told to end', async () => {
    keep('exec sleep 600');
    const first = await runs();
    process.kill(first, 'SIGKILL');
    const before = Date.now();
    const second = await runs(first);
    expect(Date.now() - before).toBeLessThan(1_000);
    stop.abort();
    await kept;
    expect(processes.find('it')?.pid).toBe(second);
  });

  it('starts nothing before it is ready to be started', async () => {
    const sign = join(directory, 'sign');
    keep('exec sleep 600', () => existsSync(sign));
    await sleep(600);
    expect(processes.isRunning('it')).toBe(false);
    writeFileSync(sign, '');
    await runs();
  });

  it('says with its last words that a process keeps ending', async () => {
    keep(`echo no configuration >&2; exit 3`);
    const error = await waitFor(() => lastError(processes, 'supervisor'), {
      timeoutMs: 15_000,
      describe: () => 'no error',
    });
    expect(error).toMatchObject({ process: 'it', lastWords: ['no configuration'] });
    expect(lastWords(processes, 'supervisor')).toContain('process ended: starting it again');
  });
});
