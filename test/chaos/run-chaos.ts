import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../common/errors.ts';
import { seededRandom } from '../../common/random.ts';
import { apiOf } from '../e2e/testing/usher-on.ts';
import { runCrowd } from './crowd/crowd.ts';
import { allFaults } from './faults/all.ts';
import type { Fault } from './faults/fault.ts';
import { startChaosFleet } from './fleet.ts';
import { lookAtLives, watchLives } from './look-at-lives.ts';
import { FaultLog } from './oracle/fault-log.ts';
import { Lives } from './oracle/lives.ts';
import type { Violation } from './oracle/room-book.ts';
import { tellStory } from './oracle/story.ts';
import { Witness } from './oracle/witness.ts';
import { type Healed, runFaults } from './run-faults.ts';
import { proxyNames, type World } from './world.ts';

/** One run: the same seed gives the same rooms, people and faults, though not the same moments. */
export interface ChaosOptions {
  readonly seed: number;
  /** How long faults are done, in milliseconds. */
  readonly forMs: number;
  readonly double?: boolean;
  /** A fleet whose Redis has replicas and Sentinels, and no links: other faults can be done to it. */
  readonly redisHa?: boolean;
  readonly faults?: readonly Fault[];
  /** So many faults at most. */
  readonly atMost?: number;
  /** Rooms in use at a time, with about 2.3 people each. */
  readonly rooms?: number;
  say(line: string): void;
}

/** What one run showed. */
export interface ChaosResult {
  readonly seed: number;
  readonly double: boolean;
  readonly healed: readonly Healed[];
  /** Why the run ended early: the fleet did not heal, or a fault could not be done. */
  readonly unhealed?: string;
  /** Meetings held. */
  readonly rooms: number;
  readonly joins: number;
  /** People who could not get in within half a minute. */
  readonly refused: number;
  readonly violations: readonly Violation[];
  /** Each violation's story, line by line. */
  readonly stories: readonly (readonly string[])[];
}

/** Starts a fleet, lets people meet on it, does faults to it, and stops it. Throws when it does not start. */
export async function runChaos(options: ChaosOptions, signal: AbortSignal): Promise<ChaosResult> {
  const { seed, forMs, say, double = false, redisHa = false } = options;
  const chaosFleet = await startChaosFleet({ redisHa, say }, signal);
  await using _fleet = { [Symbol.asyncDispose]: () => chaosFleet.stop() };
  const stop = new AbortController();
  const log = new FaultLog();
  const lives = new Lives();
  const stories: (readonly string[])[] = [];
  const witness = new Witness(log, (violation) => {
    const story = tellStory(violation, log.all);
    stories.push(story);
    for (const line of [`seed ${seed}`, ...story]) say(line);
  });
  const { running } = chaosFleet;
  const world: World = { ...chaosFleet, api: apiOf(running), signal };
  const ending = AbortSignal.any([stop.signal, signal]);
  const names = proxyNames(world);
  const proxies = new Map(running.proxies.map((url, index) => [names[index] ?? url, url]));
  const crowd = runCrowd({ seed, rooms: options.rooms ?? 20, proxies, witness }, ending);
  const watching = Promise.all([witness.watch(ending), watchLives(world.api, lives, ending)]);
  const healed: Healed[] = [];
  let unhealed: string | undefined;
  try {
    await runFaults(world, {
      faults: options.faults ?? allFaults,
      random: seededRandom(seed),
      forMs,
      ...(options.atMost !== undefined && { atMost: options.atMost }),
      atOnce: double ? 2 : 1,
      ...{ log, lives, witness, healed, say },
    });
    signal.throwIfAborted();
  } catch (error) {
    unhealed = messageOf(error);
    say(`seed ${seed}: ${unhealed}`);
  } finally {
    stop.abort();
  }
  const [{ joins, refused }] = await Promise.all([crowd, watching]);
  // Who came to another shard while nothing healed is judged too; without an answer as if none had gone down.
  await lookAtLives(world.api, lives).catch(() => undefined);
  witness.judgeMoves(lives);
  if (stories.length > 0 || unhealed !== undefined) {
    const logs = join(tmpdir(), `usher-chaos-logs-${seed}`);
    await cp(join(running.state, 'log'), logs, { recursive: true });
    say(`the fleet's logs are in ${logs}`);
  }
  const { violations, meetings } = witness;
  return {
    seed,
    double,
    healed,
    ...(unhealed !== undefined && { unhealed }),
    ...{ rooms: meetings, joins, refused },
    violations,
    stories,
  };
}
