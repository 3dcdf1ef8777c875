import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FleetStatus } from '../../../orchestrator/api/schema/fleet.ts';
import type { GroupSignalling } from '../../../orchestrator/api/schema/signalling.ts';
import { fleetState, shard } from '../../testing/samples.ts';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { signallingCheck } from './signalling.ts';

let fleet: FleetToExamine;
beforeAll(async () => {
  fleet = await createFleetToExamine();
});
afterAll(() => fleet.end());

const examine = async (over: Partial<FleetStatus>) => {
  const findings = await fleet.run(signallingCheck, {
    status: { ok: true, value: { ...fleetState().fleet, ...over } },
  });
  return findings.map(({ severity, where, what }) => `${severity} ${where}: ${what}`);
};
const at = (participants: number, websockets: number | null, near: boolean) => ({
  ...{ participants, websockets, near, maxParticipants: 1_000, maxWebsockets: 1_500 },
  ratio: participants / 1_000,
});
const group = (over: Partial<GroupSignalling>): GroupSignalling => ({
  ...{ pool: 'main', region: 'eu', shards: ['eu-1'], participants: 900, withinHour: null, weekHighest: null },
  ...{ do: 'nothing', reason: 'why', figures: 'by what', short: false, advice: null },
  ...over,
});

it('names shards near their limits, and what is unknown of them', async () => {
  const shards = [
    shard('eu-1', { signalling: at(810, 900, true) }),
    shard('eu-2', { signalling: at(810, null, true) }),
    shard('eu-3', { signalling: at(700, 900, false) }),
    shard('eu-4'),
  ];
  expect(await examine({ shards })).toEqual([
    'warn eu-1: its signalling is near its limit: 810 of 1000 participants, 900 of 1500 websockets',
    'warn eu-2: its signalling is near its limit: 810 of 1000 participants, unknown of 1500 websockets',
  ]);
});

it('tells what is advised, and where there will be too little room', async () => {
  const signalling = [
    group({ do: 'add', short: true, advice: 'usher shard add eu-2' }),
    group({ pool: 'big', short: true, figures: '' }),
    group({ region: 'us' }),
    group({ region: 'ap', do: 'drain' }),
  ];
  expect(await examine({ shards: [], signalling })).toEqual([
    'warn shards: eu: why (by what): `usher shard add eu-2`',
    'warn shards: eu in pool big: why',
  ]);
});
