import { xmppDomains } from '../../shards/domains.ts';
import type { ShardDriver } from '../../shards/driver.ts';
import { LocalDriver } from '../../shards/local/local-driver.ts';
import { PortBook } from '../../shards/local/process/ports.ts';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import type { Fleet } from '../fleet/schema.ts';
import { fleetPaths } from './paths.ts';

/** The driver of a fleet on this machine, over the same state directory as `usher up`. */
export function createLocalDriver(fleet: Fleet, state: string): ShardDriver {
  const paths = fleetPaths(state);
  return new LocalDriver({
    directory: paths.shards,
    processes: new ProcessDirectory(paths.state),
    ports: new PortBook(paths.ports),
    domains: xmppDomains(fleet.domain),
  });
}
