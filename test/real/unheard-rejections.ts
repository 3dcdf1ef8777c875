import { onTestFinished } from 'vitest';

/** Promises that reject from now to the end of this test with nobody listening: any of them ends a real process. */
export function unheardRejections(): readonly unknown[] {
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', hear);
  onTestFinished(() => void process.off('unhandledRejection', hear));
  return unheard;
}
