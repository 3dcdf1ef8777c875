import { fleetPaths } from '../../../orchestrator/local-fleet/paths.ts';
import { createTemporaryFleet, type TemporaryFleet } from '../../../test/fleet/temporary-fleet.ts';
import type { Check } from '../check.ts';
import type { DoctorView } from '../doctor-view.ts';
import type { Finding } from '../finding.ts';

/** The files of a fleet, of which a test starts the parts that its check looks at. */
export interface FleetToExamine {
  files: TemporaryFleet;
  /** Runs a check over the fleet, some of it seen otherwise. */
  run(check: Check, over?: Partial<DoctorView>): Promise<Finding[]>;
  end(): Promise<void>;
}

/** Writes the files of a fleet of one shard and two proxies; its orchestrator is taken to be away. */
export async function createFleetToExamine(): Promise<FleetToExamine> {
  const files = await createTemporaryFleet({ shards: { 'eu-1': 'eu' } });
  const away = { ok: false, reason: 'away' } as const;
  const view: DoctorView = {
    fleet: files.fleet,
    folder: files.folder,
    paths: fleetPaths(files.state),
    running: [],
    shards: { ok: true, value: [] },
    status: away,
    splits: away,
  };
  return {
    files,
    run: (check, over = {}) => check.run({ ...view, ...over }, AbortSignal.timeout(30_000)),
    end: () => files.delete(),
  };
}
