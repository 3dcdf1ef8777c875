import type { FollowedRooms } from '../lifetimes/follow-rooms.ts';
import type { ScaledMeeting } from '../scale-policy.ts';

/** What a bridge said of its rooms. Times in milliseconds since the epoch. */
export interface BridgeRooms {
  readonly readAt: number;
  /** Room key -> when the bridge first said so. */
  readonly rooms: ReadonlyMap<string, number>;
}

/**
 * The meetings on a bridge, with when each began: by the shard's census, or by when it was first seen on the bridge.
 * Those that the bridge counts and does not name count as meetings that begin now: nothing else is known of them, and
 * a bridge of which nothing is known must not pass for an idle one.
 *
 * @param said what it named last
 * @param census the shard's rooms
 * @param conferences as many as it counts now
 */
export function meetingsOn(
  said: BridgeRooms | undefined,
  census: FollowedRooms | undefined,
  conferences: number,
  nowMs: number,
): ScaledMeeting[] {
  const meetings: ScaledMeeting[] = [];
  for (const [room, seenAt] of said?.rooms ?? []) {
    const hasEnded = census && said && census.at > said.readAt && !census.rooms.has(room);
    if (!hasEnded) meetings.push({ startedMs: census?.bornAt.get(room) ?? seenAt });
  }
  while (meetings.length < conferences) meetings.push({ startedMs: nowMs });
  return meetings;
}
