import { UsageError } from '../../common/errors.ts';
import { readFleetShards } from '../../orchestrator/fleet/read-fleet.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { createLocalDriver } from '../../orchestrator/local-fleet/local-driver.ts';
import type { OrchestratorOptions } from '../../orchestrator/orchestrator.ts';
import { folderWishes } from '../../shards/overlay/folder-wishes.ts';

/** What differs between a fleet on one machine and one in a cluster, as its fleet file says: chosen here, once. */
export function createPlatform(
  fleet: Fleet,
  folder: string,
  state: string,
): Pick<OrchestratorOptions, 'wishes' | 'driver'> {
  switch (fleet.driver) {
    case 'local':
      return {
        wishes: folderWishes(folder, () => readFleetShards(folder, fleet)),
        driver: createLocalDriver(fleet, state),
      };
    case 'kubernetes':
      throw new UsageError('driver: kubernetes: this usher has no such driver yet');
    default:
      return fleet.driver satisfies never;
  }
}
