import { join } from 'node:path';
import type { Answers } from './answers.ts';

/** What an operator does with a fleet's folder that has just been made. */
export function whatNextAfterInit(folder: string, { name, driver, region }: Answers): string {
  const fleet = join(folder, 'overlays', name);
  const steps =
    driver === 'local'
      ? ['usher up']
      : [
          'usher secrets create',
          `usher secrets create ${region}-1`,
          'usher apply --dry-run',
          'usher apply',
          'usher status',
        ];
  const lines = [`export USHER_FLEET=${fleet}`, ...steps].map((step) => `  ${step}\n`);
  const edit =
    driver === 'local' ? '' : ' (the image and the API server’s address in usher/ are yours to give)';
  return `Fleet ${name} is in ${fleet}. Look at its files${edit}, then:\n${lines.join('')}`;
}
