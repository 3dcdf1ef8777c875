import { messageOf } from '../../common/errors.ts';
import { type ChaosOptions, type ChaosResult, runChaos } from './run-chaos.ts';

/**
 * One run with all of a seed, of which every third has a Redis with replicas. Whatever ends it, also an exception that
 * nobody caught, is part of its result; its fleet is stopped.
 */
export async function runSeed(
  options: Omit<ChaosOptions, 'redisHa'>,
  interrupted: AbortSignal,
): Promise<ChaosResult> {
  const { seed, double = false, say } = options;
  const crash = new AbortController();
  const onCrash = (error: unknown) => {
    say(`seed ${seed} crashed: ${error instanceof Error ? error.stack : String(error)}`);
    crash.abort(error);
  };
  // A later one is told too, and does not keep the fleet from being stopped.
  process.on('uncaughtException', onCrash);
  try {
    return await runChaos(
      { ...options, redisHa: seed % 3 === 0 },
      AbortSignal.any([interrupted, crash.signal]),
    );
  } catch (error) {
    const unhealed = messageOf(crash.signal.aborted ? crash.signal.reason : error);
    say(`seed ${seed}: ${unhealed}`);
    const nothing = { healed: [], rooms: 0, joins: 0, refused: 0, violations: [], stories: [] };
    return { seed, double, unhealed, ...nothing };
  } finally {
    process.off('uncaughtException', onCrash);
  }
}
