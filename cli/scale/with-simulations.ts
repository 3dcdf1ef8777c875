import { SimulationPool } from '../../orchestrator/scaling/simulate/pool.ts';
import type { Context } from '../context.ts';
import { ProgressLine } from '../output/progress-line.ts';

/** Is told of how many simulated days so many have passed. */
type OnProgress = (days: number, ofDays: number) => void;

/** Simulates on this machine until Ctrl-C, with the progress on stderr where that is a terminal. */
export async function withSimulations<T>(
  { signal, stderr }: Pick<Context, 'signal' | 'stderr'>,
  work: (pool: SimulationPool, onProgress?: OnProgress) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  using pool = new SimulationPool();
  const giveUp = () => pool[Symbol.dispose]();
  signal.addEventListener('abort', giveUp);
  const line = new ProgressLine(stderr);
  // Elsewhere than on a terminal every percent would be a line.
  const onProgress: OnProgress = (days, ofDays) =>
    line.show(`simulating ${Math.floor((100 * days) / ofDays)} % of ${ofDays} days`);
  try {
    return stderr.isTTY ? await work(pool, onProgress) : await work(pool);
  } finally {
    signal.removeEventListener('abort', giveUp);
    line.end();
  }
}
