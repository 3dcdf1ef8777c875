import type { Logger } from '../../common/log.ts';
import { readFleetShards } from '../../orchestrator/fleet/read-fleet.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { createLocalDriver } from '../../orchestrator/local-fleet/local-driver.ts';
import type { OrchestratorOptions } from '../../orchestrator/orchestrator.ts';
import { folderWishes } from '../../shards/overlay/folder-wishes.ts';

/** What differs between a fleet on one machine and one in a cluster. */
export type Platform = Pick<OrchestratorOptions, 'wishes' | 'driver' | 'status' | 'events'>;

/** The platform that the fleet file names: chosen here, once. What follows a cluster ends with `signal`. */
export async function createPlatform(
  fleet: Fleet,
  folder: string,
  state: string,
  log: Logger,
  signal: AbortSignal,
): Promise<Platform> {
  switch (fleet.driver) {
    case 'local':
      return {
        wishes: folderWishes(folder, () => readFleetShards(folder, fleet)),
        driver: createLocalDriver(fleet, state),
      };
    case 'kubernetes': {
      // Costs 0.6 s and 130 MB, which a fleet without a cluster does without.
      const { createClusterPlatform } = await import('./cluster-platform.ts');
      return createClusterPlatform(fleet, log, signal);
    }
    default:
      return fleet.driver satisfies never;
  }
}
