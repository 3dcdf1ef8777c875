import { messageOf } from '../../common/errors.ts';
import { between, type Random } from '../../common/random.ts';
import { sleep } from '../../common/time.ts';
import { checkTable } from './check-table.ts';
import { deal } from './deck.ts';
import type { Fault, Heal, Strike } from './faults/fault.ts';
import { lookAtLives } from './look-at-lives.ts';
import type { FaultLog } from './oracle/fault-log.ts';
import type { Lives } from './oracle/lives.ts';
import type { Witness } from './oracle/witness.ts';
import { untilWhole } from './whole.ts';
import type { World } from './world.ts';

/** What is done to a fleet, and how long. */
export interface FaultsOptions {
  readonly faults: readonly Fault[];
  readonly random: Random;
  /** No fault begins after so many milliseconds, or after so many faults. */
  readonly forMs: number;
  readonly atMost?: number;
  /** Faults at the same time. */
  readonly atOnce: 1 | 2;
  readonly log: FaultLog;
  readonly witness: Witness;
  readonly lives: Lives;
  /** Faults that the fleet has recovered from are added here. */
  readonly healed: Healed[];
  say(line: string): void;
}

/** One fault, or a pair, that the fleet has recovered from. */
export interface Healed {
  readonly kinds: readonly string[];
  /** From the fault's being taken back, or done if it does not last, until the fleet was whole. */
  readonly healMs: number;
}

/**
 * Does one fault after another; the next begins when the fleet is whole again and its table right.
 * @throws Unhealed when it does not become whole.
 */
export async function runFaults(world: World, options: FaultsOptions): Promise<void> {
  const { random, forMs, healed, say } = options;
  const deck = deal(options.faults, random);
  const end = performance.now() + forMs;
  while (performance.now() < end && healed.length < (options.atMost ?? Number.POSITIVE_INFINITY)) {
    if (!(await sleep(between(random, 500, 2_500), world.signal))) break;
    const kinds: string[] = [];
    const done: Done[] = [];
    let lasts = false;
    for (let number = 0; number < options.atOnce; number += 1) {
      const fault = deck.next().value;
      const strike = await fault.aim(world, random);
      if (!strike) continue;
      say(`${fault.kind}: ${strike.target}`);
      kinds.push(fault.kind);
      lasts ||= fault.lasts;
      done.push(await inject(fault.kind, strike, options.log));
    }
    if (kinds.length === 0) continue;
    const holdMs = between(random, 1_000, 5_000);
    if (lasts) await sleep(holdMs, world.signal);
    const begun = performance.now();
    for (const { heal } of done) await heal();
    await untilWhole(world);
    const healMs = performance.now() - begun;
    for (const { over } of done) over();
    await checkTable(world, options.witness);
    await lookAtLives(world.api, options.lives);
    options.witness.judgeMoves(options.lives);
    healed.push({ kinds, healMs });
    say(`  whole after ${(healMs / 1_000).toFixed(1)} s`);
  }
}

/** A fault that was done. */
interface Done {
  readonly heal: Heal;
  /** Notes that the fleet is whole again. */
  over(): void;
}

/** Blamed before it is done: whoever loses its session learns of it at once. */
async function inject(kind: string, { target, blame, inject: strike }: Strike, log: FaultLog): Promise<Done> {
  const ended = log.begin({ kind, target, blame }, Date.now());
  try {
    return { heal: await strike(), over: () => ended(Date.now()) };
  } catch (cause) {
    throw new Error(`${kind} could not be done to ${target}: ${messageOf(cause)}`, { cause });
  }
}
