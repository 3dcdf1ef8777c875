import { messageOf } from '../../../common/errors.ts';
import { between, type Random, seededRandom } from '../../../common/random.ts';
import { sleep } from '../../../common/time.ts';
import { Participant } from '../../participants/participant.ts';
import { type RoomAddress, roomLabel } from '../../participants/room-address.ts';
import type { Witness } from '../oracle/witness.ts';
import { planMeeting, type Stay } from './plan-meeting.ts';

/** Who comes and goes, and by which proxies. */
export interface CrowdOptions {
  readonly seed: number;
  /** Rooms that are used at the same time. */
  readonly rooms: number;
  /** Name -> `http://host:port`. */
  readonly proxies: ReadonlyMap<string, string>;
  readonly witness: Witness;
}

/** What became of the crowd's joins. */
export interface CrowdCounts {
  joins: number;
  /** People who could not get in at first within half a minute. */
  refused: number;
}

/** Holds meetings until `signal` aborts; then everybody leaves. */
export async function runCrowd(options: CrowdOptions, signal: AbortSignal): Promise<CrowdCounts> {
  const counts: CrowdCounts = { joins: 0, refused: 0 };
  const places = Array.from({ length: options.rooms }, (_, place) =>
    holdMeetings(options, place, counts, signal),
  );
  await Promise.all(places);
  return counts;
}

/** One meeting after another. A name is used again at once or after a while, or given up for a new one. */
async function holdMeetings(
  options: CrowdOptions,
  place: number,
  counts: CrowdCounts,
  signal: AbortSignal,
): Promise<void> {
  const random = seededRandom(options.seed * 1_000 + place);
  let number = 1;
  let isReused = false;
  await sleep(between(random, 0, 3_000), signal);
  while (!signal.aborted) {
    const room = { tenant: place % 8 === 7 ? 'acme' : '', name: `chaos-${options.seed}-${place}-${number}` };
    const stays = planMeeting(random, options.proxies.size);
    await Promise.all(stays.map((stay) => attend(options, room, stay, counts, signal)));
    await sleep(pause(random), signal);
    // At most twice: a shard that is removed waits for its rooms' end.
    isReused = !isReused && random() < 0.4;
    if (!isReused) number += 1;
  }
}

/** Often none: a room that is entered anew at the moment of its end is the hardest. */
function pause(random: Random): number {
  return random() < 0.5 ? 0 : between(random, 0, 8_000);
}

async function attend(
  { proxies, witness }: CrowdOptions,
  room: RoomAddress,
  { who, from, until, transport, proxy }: Stay,
  counts: CrowdCounts,
  signal: AbortSignal,
): Promise<void> {
  const label = roomLabel(room);
  const names = new Map([...proxies].map(([name, url]) => [url, name]));
  const urls = [...proxies.values()];
  const turned = [...urls.slice(proxy), ...urls.slice(0, proxy)];
  const startedAt = Date.now();
  if (!(await sleep(from, signal))) return;
  const person = new Participant({ name: who, room, transport, proxies: turned });
  witness.follow(label, person, (url) => names.get(url) ?? url);
  try {
    await person.join('first', signal);
    counts.joins += 1;
    await sleep(Math.max(0, startedAt + until - Date.now()), signal);
  } catch (error) {
    if (signal.aborted) return;
    counts.refused += 1;
    witness.note(label, { at: Date.now(), who, what: 'gave up', reason: messageOf(error) });
  }
  await witness.letGo(label, who);
  await person.leave();
}
