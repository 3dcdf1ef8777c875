import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Loaded (`--import`) into every Node process of a chaos fleet: its time of day is off by the milliseconds that the
 * file named by its pid says, in the folder USHER_CHAOS_CLOCKS. Timers and performance.now go on as they did, as
 * after a real step. libfaketime would do the same for Redis, but Redis's jemalloc does not start under it.
 */
const folder = process.env.USHER_CHAOS_CLOCKS;
const TrueDate = Date;
let offsetMs = 0;

function readOffset(): void {
  try {
    offsetMs = Number(readFileSync(join(folder ?? '', String(process.pid)), 'utf8')) || 0;
  } catch {
    offsetMs = 0;
  }
}

class SteppedDate extends TrueDate {
  constructor(...parts: [] | [number | string | Date]) {
    // More parts arrive too, and go on as they are.
    if (parts.length === 0) super(TrueDate.now() + offsetMs);
    else super(...(parts as [number]));
  }

  static override now(): number {
    return TrueDate.now() + offsetMs;
  }
}

if (folder !== undefined) {
  setInterval(readOffset, 100).unref();
  globalThis.Date = SteppedDate as DateConstructor;
}
