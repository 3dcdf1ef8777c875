import { redisKey } from '../../../haproxy/stick-table/keys.ts';
import type { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import { daySteps } from '../forecast/step.ts';
import { type LoadStep, unknownStep } from './load-step.ts';
import { decodeStep, encodeStep, stepBytes } from './step-bytes.ts';

const weekMs = 7 * 86_400_000;

/** Steps in one command: Redis must not be held up by one script. */
const batch = 500;

/**
 * What the shards of a fleet carried, step by step: in Redis, a string for each shard and day (UTC), which expires when
 * it is too old. A Redis that is emptied loses it, and nothing else depends on it.
 */
export class LoadHistory {
  readonly #table: StickTable;
  readonly #keepMs: number;

  /** @param table its token fences what is written: of a leadership that has ended nothing is */
  constructor(table: StickTable, weeks: number) {
    this.#table = table;
    this.#keepMs = weeks * weekMs;
  }

  /** Writes the same step of several shards, over what was written of it before. Throws when Redis does not take it. */
  async write(step: number, loads: ReadonlyMap<string, LoadStep>): Promise<void> {
    const offset = modulo(step) * stepBytes;
    const entries = [...loads].map(
      ([shard, load]) => [`${shard}:${dayOf(step)}`, offset, encodeStep(load)] as const,
    );
    for (let start = 0; start < entries.length; start += batch) {
      const answer = await this.#table.recordLoads(
        this.#keepMs,
        daySteps * stepBytes,
        entries.slice(start, start + batch).flat(),
      );
      if (!answer.ok) throw new Error(`loads were not recorded: ${answer.reason}`);
    }
  }

  /** A shard's steps from one to another, both included, however few of them are known. */
  async read(shard: string, from: number, to: number): Promise<LoadStep[]> {
    const days: string[] = [];
    for (let day = dayOf(from); day <= dayOf(to); day += 1) days.push(this.#keyOf(shard, day));
    const kept = days.length === 0 ? [] : await this.#table.redis.mgetBuffer(days);
    const steps: LoadStep[] = [];
    for (let step = from; step <= to; step += 1) {
      const bytes = kept[dayOf(step) - dayOf(from)];
      steps.push(bytes ? decodeStep(bytes, modulo(step) * stepBytes) : unknownStep);
    }
    return steps;
  }

  #keyOf(shard: string, day: number): string {
    return `${redisKey(this.#table.fleet, 'loads')}:${shard}:${day}`;
  }
}

function dayOf(step: number): number {
  return Math.floor(step / daySteps);
}

function modulo(step: number): number {
  return step % daySteps;
}
