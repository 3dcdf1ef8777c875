import { apiBases } from '../../../cli/api/open-api.ts';
import { UsherApi } from '../../../cli/api/usher-api.ts';
import { type Outcome, type RunningUsher, startUsher, usher } from '../../../cli/testing/usher.ts';
import { waitFor } from '../../../common/time.ts';
import type { FleetStatus } from '../../../orchestrator/api/schema/fleet.ts';
import type { ShardStatus } from '../../../orchestrator/api/schema/shards.ts';
import type { TemporaryFleet } from '../../fleet/temporary-fleet.ts';

/** Where a fleet lies. */
export type FleetPlace = Pick<TemporaryFleet, 'folder' | 'state'>;

/** A machine that does much else takes its time. */
const timeoutMs = 170_000;

/** Starts `usher WORDS` on this fleet, as a program of its own. */
export function startUsherOn(
  place: FleetPlace,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): RunningUsher {
  return startUsher([...words, ...flagsOf(place)], env, timeoutMs);
}

/** Runs `usher WORDS` on this fleet to its end. */
export function usherOn(
  place: FleetPlace,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  return startUsherOn(place, words, env).outcome;
}

/** Runs `usher WORDS` on this fleet within this process: the same, where no program of its own is needed. */
export function usherHere(place: FleetPlace, words: readonly string[]): Promise<Outcome> {
  return usher([...words, ...flagsOf(place)]);
}

function flagsOf({ folder, state }: FleetPlace): string[] {
  return ['--fleet', folder, '--state', state];
}

/** The API of this fleet's orchestrators. */
export function apiOf({ fleet }: Pick<TemporaryFleet, 'fleet'>): UsherApi {
  return new UsherApi(apiBases(fleet), new AbortController().signal);
}

/** The shard of this name in a status; throws when it is not there. */
export function shardIn({ shards }: Pick<FleetStatus, 'shards'>, name: string): ShardStatus {
  const shard = shards.find((one) => one.name === name);
  if (shard) return shard;
  throw new Error(`no shard ${name} among ${shards.map((one) => one.name).join(', ')}`);
}

/** Waits for a status of this fleet, for a minute; `what` is the error then. */
export function untilStatus(
  fleet: Pick<TemporaryFleet, 'fleet'>,
  what: string,
  is: (status: FleetStatus) => boolean,
): Promise<FleetStatus> {
  return waitFor(
    async () => {
      // Between two orchestrators nobody may answer, or one that is not connected to Redis yet.
      const status = await apiOf(fleet)
        .status()
        .catch(() => undefined);
      return status?.redis.ok && is(status) ? status : undefined;
    },
    { timeoutMs: 60_000, everyMs: 100, describe: () => what },
  );
}
