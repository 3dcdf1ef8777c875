import { setImmediate } from 'node:timers/promises';

const stepsPerBreath = 10_000;

/**
 * For long loops, in which others have deadlines to keep: called at each step, gives a wait for the event loop's
 * turn now and then, else undefined (an `await` at each step would cost more than most steps).
 */
export function breaths(): () => Promise<void> | undefined {
  let steps = 0;
  return () => {
    steps += 1;
    return steps % stepsPerBreath === 0 ? setImmediate() : undefined;
  };
}
