import { z } from 'zod';
import { loop } from '../../../common/loop.ts';
import { redisKey } from '../../../haproxy/stick-table/keys.ts';
import type { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import type { Control } from '../../control/control.ts';
import { ageBins } from './age-bins.ts';

const amounts = z.array(z.number().min(0)).length(ageBins);

/** As it is kept in Redis. What another version has kept by other ages is not taken. */
const storedLifetimes = z.object({ fadedAt: z.number(), ended: amounts, livedMs: amounts });

/** Keeps how long meetings last where the next leader finds it, from what the last one has left there. */
export async function keepLifetimes(
  control: Pick<Control, 'lifetimes' | 'table' | 'log'>,
  signal: AbortSignal,
  everyMs = 60_000,
): Promise<void> {
  const { lifetimes, table, log } = control;
  let isRead = false;
  await loop('lifetimes', everyMs, signal, log, async () => {
    // Not written before it was read: that would put the present minute in place of all weeks before.
    if (!isRead) {
      const stored = await readLifetimes(table);
      lifetimes.begin(stored, stored?.fadedAt ?? Date.now());
      isRead = true;
      return;
    }
    const fadedAt = Date.now();
    const answer = await table.recordLifetimes(JSON.stringify({ fadedAt, ...lifetimes.counts(fadedAt) }));
    if (!answer.ok) throw new Error(`lifetimes were not recorded: ${answer.reason}`);
  });
}

/** What was left there; undefined when there is nothing that can be used. */
export async function readLifetimes(
  table: Pick<StickTable, 'redis' | 'fleet'>,
): Promise<z.infer<typeof storedLifetimes> | undefined> {
  const text = await table.redis.get(redisKey(table.fleet, 'lifetimes'));
  if (text === null) return undefined;
  try {
    return storedLifetimes.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
