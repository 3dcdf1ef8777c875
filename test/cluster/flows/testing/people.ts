import { expect } from 'vitest';
import { joinRooms } from '../../../bench/split/clients.ts';
import { countByShard, newRoomOn } from '../../../e2e/testing/rooms-of.ts';
import { Meeting } from '../../../participants/meeting.ts';
import { judgeMeeting } from '../../../participants/oracle.ts';
import { addresses, clientPort } from './fleet-folder.ts';
import type { FlowFleet } from './flow-fleet.ts';

const patient = new AbortController().signal;
/** Rooms have names of their own: one that was asked for is not new. */
let meetings = 0;
const unharmed = { split: undefined, moved: undefined, cut: undefined };

/** A meeting of two, over both proxies and both transports, in a new room that is seated on `shard`. */
export async function meetOn({ api, proxies }: FlowFleet, shard: string): Promise<Meeting> {
  meetings += 1;
  const room = await newRoomOn(api, shard, `meeting-${meetings}`);
  const meeting = new Meeting({ room: { tenant: '', name: room.slice(1) }, size: 2, proxies });
  await meeting.join(patient);
  expect(meeting.shard).toBe(shard);
  return meeting;
}

/** Everybody is there and hears everybody else, and nothing has happened to anybody so far. */
export async function expectUnharmed(...meetings: readonly Meeting[]): Promise<void> {
  for (const meeting of meetings) {
    expect(await meeting.check(patient)).toMatchObject({ absent: [], unheard: [] });
    expect(judgeMeeting(meeting.record)).toMatchObject(unharmed);
  }
}

/** Two to four people enter each of so many new rooms at once; gives how many rooms sit on each shard. */
export async function seatRooms(rooms: number, prefix: string): Promise<Record<string, number>> {
  const proxies = addresses.proxies.map((host) => ({ host, port: clientPort }));
  const joined = await joinRooms({ proxies, rooms, prefix, inFlight: 20, path: '/config.js' });
  expect(joined).toMatchObject({ rooms, split: 0, refused: 0 });
  return countByShard(joined.outcomes);
}
