import { z } from 'zod';
import { bridgeRange } from './schema.ts';

/** A bridge range as people write it, on the command line and in an overlay: `2..8`. */
export const bridgeRangeText = z
  .string()
  .regex(/^\d+\.\.\d+$/, 'MIN..MAX is expected, as in 2..8')
  .transform((text) => {
    const [min, max] = text.split('..').map(Number);
    return { min, max };
  })
  .pipe(bridgeRange);
