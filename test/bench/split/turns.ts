import { countSplit, emptyResult, type JoinRoomsResult, joinRooms } from './clients.ts';

/** One of the two that are compared. */
export interface Side {
  readonly proxies: readonly { host: string; port: number }[];
  /** What all its turns came to. */
  readonly total: JoinRoomsResult;
}

export interface TurnsOptions {
  rooms: number;
  /** Rooms of one turn; the last may have fewer. */
  roomsInTurn: number;
  /** Rooms begin with it. */
  prefix: string;
  signal: AbortSignal;
  /** Told how many rooms of ours are done. */
  onProgress(roomsDone: number): void;
}

const inFlight = 100;
/** A signalling path, so it claims; the shard's web answers it by itself and names the shard. */
const path = '/config.js';

/** A side that has not run yet. */
export function side(proxies: Side['proxies']): Side {
  return { proxies, total: emptyResult() };
}

/** The same participants enter the same new rooms by ours and by the baseline, in turns: what slows one slows both. */
export async function joinInTurns(ours: Side, baseline: Side, options: TurnsOptions): Promise<void> {
  const { rooms, roomsInTurn, prefix, signal } = options;
  for (let done = 0; done < rooms; done += roomsInTurn) {
    const turn = {
      rooms: Math.min(roomsInTurn, rooms - done),
      prefix: `${prefix}-${done}`,
      seed: done + 1,
      inFlight,
      path,
      signal,
    };
    const onProgress = (inTurn: number) => options.onProgress(done + inTurn);
    add(ours.total, await joinRooms({ ...turn, proxies: ours.proxies, onProgress }));
    add(baseline.total, await joinRooms({ ...turn, proxies: baseline.proxies }));
    signal.throwIfAborted();
  }
}

function add(total: JoinRoomsResult, turn: JoinRoomsResult): void {
  total.rooms += turn.rooms;
  total.participants += turn.participants;
  total.refused += turn.refused;
  total.retries += turn.retries;
  total.firstJoinMs.push(...turn.firstJoinMs);
  total.outcomes.push(...turn.outcomes);
  total.split = countSplit(total.outcomes);
}
