import type { Gate } from '../../../common/gate.ts';
import { roomKeyOfJid } from '../../../haproxy/room-key/jid-room.ts';
import { readBridgeConferences } from '../../../shards/probes/bridge-conferences.ts';
import type { FollowedBridge } from '../../bridges/follow-bridges.ts';
import type { FollowedRooms } from '../lifetimes/follow-rooms.ts';
import type { ScaledMeeting } from '../scale-policy.ts';
import { type BridgeRooms, meetingsOn } from './meetings-on.ts';

/** Follows which rooms are on which bridge of a shard. */
export class MeetingsWatch {
  readonly #everyMs: number;
  readonly #said = new Map<string, BridgeRooms>();
  readonly #askedAt = new Map<string, number>();

  /** @param everyMs a bridge is asked no sooner again */
  constructor(everyMs = 60_000) {
    this.#everyMs = everyMs;
  }

  /** Asks the bridges that carry anybody and were not asked for a while, each when `gate` lets it. */
  async read(bridges: readonly FollowedBridge[], gate: Gate, signal: AbortSignal): Promise<void> {
    const there = new Set(bridges.map(({ name }) => name));
    for (const known of [this.#said, this.#askedAt])
      for (const name of known.keys()) if (!there.has(name)) known.delete(name);
    const now = Date.now();
    const isDue = ({ name, said }: FollowedBridge) =>
      said.ok && said.conferences !== 0 && now - (this.#askedAt.get(name) ?? 0) >= this.#everyMs;
    await Promise.all(bridges.filter(isDue).map((bridge) => gate.run(() => this.#ask(bridge, signal))));
  }

  /** The meetings on one of them, by its last figures. */
  on({ name, held }: FollowedBridge, census: FollowedRooms | undefined, nowMs: number): ScaledMeeting[] {
    const conferences = held?.stats.conferences;
    return conferences === 0 ? [] : meetingsOn(this.#said.get(name), census, conferences ?? 0, nowMs);
  }

  async #ask({ name, rest }: FollowedBridge, signal: AbortSignal): Promise<void> {
    const readAt = Date.now();
    this.#askedAt.set(name, readAt);
    const answer = await readBridgeConferences(rest, signal);
    if (!answer.ok) return;
    const before = this.#said.get(name)?.rooms;
    const keys = answer.rooms.flatMap((jid) => roomKeyOfJid(jid) ?? []);
    this.#said.set(name, { readAt, rooms: new Map(keys.map((key) => [key, before?.get(key) ?? readAt])) });
  }
}
