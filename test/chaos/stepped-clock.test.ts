import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const hourMs = 3_600_000;
/** Says every 20 ms how far the time of day is off, by both ways to ask for it. */
const program = `setInterval(() => {
  const now = performance.timeOrigin + performance.now();
  console.log(Date.now() - now, new Date().getTime() - now, new Date('2020-01-01T00:00:00Z').toISOString());
}, 20)`;

it('steps the time of day of one process while it runs, and back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'usher-clock-'));
  const preload = fileURLToPath(new URL('stepped-clock.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', preload, '-e', program], {
    env: { ...process.env, USHER_CHAOS_CLOCKS: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const untilOff = async (ms: number) => {
      for (;;) {
        const [byNow, byDate, fixed] = String((await lines.next()).value).split(' ');
        expect(fixed).toBe('2020-01-01T00:00:00.000Z');
        if (Math.abs(Number(byNow) - ms) < 1_000 && Math.abs(Number(byDate) - ms) < 1_000) return;
      }
    };
    await untilOff(0);
    await writeFile(join(folder, String(child.pid)), String(-hourMs));
    await untilOff(-hourMs);
    await rm(join(folder, String(child.pid)));
    await untilOff(0);
  } finally {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
});
