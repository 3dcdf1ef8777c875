import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process says of itself. */
export interface ProcessFigures {
  readonly residentBytes: number;
  /** What of the heap is in use after a full collection. */
  readonly heapBytes: number;
  /** User and system, since it started. */
  readonly cpuSeconds: number;
  /** How late timers were since the last time it was asked, milliseconds. */
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
}

/** Loaded into a process by `--import`, it answers every message of the parent with its figures. */
if (process.send) {
  const resolution = 10;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    const { rss } = process.memoryUsage();
    collect();
    const { heapUsed } = process.memoryUsage();
    const figures: ProcessFigures = {
      residentBytes: rss,
      heapBytes: heapUsed,
      cpuSeconds: (user + system) / 1e6,
      delayP99Ms: delay.percentile(99) / 1e6 - resolution,
      delayMaxMs: delay.max / 1e6 - resolution,
    };
    delay.reset();
    process.send?.(figures);
  });
  // What it is loaded into ends when it would have ended without.
  process.channel?.unref();
}
