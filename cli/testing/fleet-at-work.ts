import { createTemporaryFleet, type TemporaryFleet } from '../../test/fleet/temporary-fleet.ts';
import { type FakeApi, startFakeApi } from './fake-api.ts';
import { fleetState } from './samples.ts';

/** A fleet's folder of shards eu-1 and eu-2, and an API that answers for it. */
export interface FleetAtWork {
  files: TemporaryFleet;
  api: FakeApi;
  /** A command line with the flags that name this fleet. */
  words(...words: string[]): string[];
  /** Starts the API again after it was closed. */
  restartApi(): Promise<void>;
  end(): Promise<void>;
}

export async function startFleetAtWork(): Promise<FleetAtWork> {
  const files = await createTemporaryFleet({ shards: { 'eu-1': 'eu', 'eu-2': 'eu' } });
  const port = files.fleet.orchestrator.api[0]?.port ?? 0;
  const fleet: FleetAtWork = {
    files,
    api: await startFakeApi(port, fleetState()),
    words: (...words) => [...words, '--fleet', files.folder, '--state', files.state],
    restartApi: async () => {
      fleet.api = await startFakeApi(port, fleet.api.state);
    },
    end: async () => {
      await fleet.api.close();
      await files.delete();
    },
  };
  return fleet;
}
