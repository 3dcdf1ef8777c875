import { expect, it } from 'vitest';
import { fleetState, shard } from '../../testing/samples.ts';
import { createFleetToExamine } from '../testing/fleet-to-examine.ts';
import { driftCheck, operationsCheck, redisCheck, shardsCheck } from './by-status.ts';
import type { ClusterView } from './cluster-view.ts';

/** What all four find in a fleet that the orchestrator describes so. */
async function find(change: (fleet: ReturnType<typeof fleetState>['fleet']) => void): Promise<string[]> {
  const { files, run } = await createFleetToExamine();
  const { fleet } = fleetState();
  change(fleet);
  const found: string[] = [];
  const checks = [redisCheck, driftCheck, shardsCheck, operationsCheck];
  await run({
    ...{ name: '', about: '', live: true },
    run: async (view, signal) => {
      const seen = { ...view, status: { ok: true, value: fleet } } as unknown as ClusterView;
      for (const check of checks) {
        for (const { severity, where, what } of await check.run(seen, signal)) {
          found.push(`${severity} ${check.name} ${where}: ${what}`);
        }
      }
      return [];
    },
  });
  await files.delete();
  return found;
}

it('finds what the orchestrator says', async () => {
  expect(
    await find((fleet) => {
      fleet.redis = { ...fleet.redis, ok: false, reason: 'its table is being rebuilt' };
      for (const operation of fleet.operations) operation.startedAt = '2026-01-01T00:00:00.000Z';
    }),
  ).toEqual([
    'error redis Redis: does not decide: its table is being rebuilt',
    'error drift proxy-2: its agent does not answer: does not answer',
    'warn shards eu-2: gets no new rooms: Jicofo answers 503',
    'warn operations move-1: a move has been in phase hold since 2026-01-01T00:00:00.000Z, not acknowledged by proxy-2',
  ]);
});

it('finds nothing where all is well', async () => {
  expect(
    await find((fleet) => {
      fleet.proxies = fleet.proxies.slice(0, 1);
      fleet.shards = [shard('eu-1')];
    }),
  ).toEqual([]);
});
