import { UsageError } from '../../common/errors.ts';
import type { Context } from '../context.ts';
import { fleetInCluster } from '../deploy/fleet-in-cluster.ts';

/** How what was written in a fleet's folder gets to its cluster. */
export interface DeliveryFlags {
  /** By this command. */
  readonly apply?: true;
  /** By Argo CD or Flux, from git. */
  readonly commit?: true;
  readonly forceConflicts?: true;
}

/** A UsageError when the flags contradict each other or the fleet's driver. */
export async function checkDelivery({ apply, commit }: DeliveryFlags, { folder }: Context): Promise<void> {
  if (apply && commit)
    throw new UsageError('--apply is for who has no GitOps, --commit for who has: give one');
  if (apply) await fleetInCluster(folder, '--apply');
  if (commit) await fleetInCluster(folder, '--commit');
}
