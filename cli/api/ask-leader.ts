import type { z } from 'zod';
import { sleep } from '../../common/time.ts';
import { health } from '../../orchestrator/api/schema/fleet.ts';
import { request, type Send, StandbyError } from './request.ts';

/** Longer than a standby needs to notice that the leader is dead, and to take over: up to 10 s by a Lease. */
const takeoverMs = 12_000;
const retryMs = 300;
/** A process that lives says at once whether it leads; one that hangs must not hold up the others. */
const healthMs = 2_000;

/**
 * Asks the orchestrator that leads, as `request` does; waits, within bounds, while one is taking over.
 *
 * @param bases of all orchestrators of the fleet
 */
export async function askLeader<T>(
  bases: readonly string[],
  path: string,
  schema: z.ZodType<T>,
  signal: AbortSignal,
  body?: object,
  send?: Send,
): Promise<T> {
  const end = Date.now() + takeoverMs;
  for (;;) {
    try {
      return await request(await whomToAsk(bases, signal, send), path, schema, signal, body, send);
    } catch (error) {
      if (!(error instanceof StandbyError) || Date.now() >= end) throw error;
    }
    await sleep(retryMs, signal);
    signal.throwIfAborted();
  }
}

/** Who says that it leads; else who says anything, and knows better why nobody does; else the first. */
async function whomToAsk(bases: readonly string[], signal: AbortSignal, send?: Send): Promise<string> {
  const [only = '', ...others] = bases;
  if (others.length === 0) return only;
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(healthMs)]);
  const answers = bases.map((base) => request(base, '/health', health, bounded, undefined, send));
  const leaders = bases.map(async (base, index) => {
    if ((await answers[index])?.leads) return base;
    throw new StandbyError(`${base} stands by`);
  });
  try {
    return await Promise.any(leaders);
  } catch {
    const answering = (await Promise.allSettled(answers)).findIndex(({ status }) => status === 'fulfilled');
    return bases[answering] ?? only;
  }
}
