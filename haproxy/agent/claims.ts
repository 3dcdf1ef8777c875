import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { bucketOf, isRoomKey, tenantOf } from '../room-key/room-key.ts';
import type { SetVar } from '../spoe/action.ts';
import type { SpoeMessage } from '../spoe/message.ts';
import type { ClaimAnswer, StickTable } from '../stick-table/stick-table.ts';
import { RecentAnswers } from './recent-answers.ts';

/** How claims went since the agent started. */
export interface ClaimCounts {
  seated: number;
  known: number;
  refused: number;
  failed: number;
  /** Claims that shared another's answer. */
  joined: number;
}

/**
 * Answers HAProxy's claims. One claim of a room at a time: whoever asks meanwhile gets the same answer. Whatever
 * goes wrong is no answer, and the proxy's own rules decide.
 */
export class Claims {
  readonly counts: ClaimCounts = { seated: 0, known: 0, refused: 0, failed: 0, joined: 0 };
  /** What was answered within the last G: a Redis that is lost may lose the claims with it. */
  readonly answers: RecentAnswers;
  readonly #table: StickTable;
  readonly #lifetimeMs: number;
  readonly #log: Logger;
  readonly #flights = new Map<string, Promise<string | undefined>>();

  /** `lifetimeMs`: how long a claim that no census confirms is kept (G of protocol.md). */
  constructor(table: StickTable, lifetimeMs: number, log: Logger) {
    this.#table = table;
    this.#lifetimeMs = lifetimeMs;
    this.#log = log;
    this.answers = new RecentAnswers(lifetimeMs);
  }

  /** The handler of SPOE message `claim`: sets `txn.usher.shard`, or nothing. */
  readonly handle = async (message: SpoeMessage): Promise<SetVar[]> => {
    const room = message.args.get('room');
    if (message.name !== 'claim' || typeof room !== 'string' || !isRoomKey(room)) {
      this.#log.warn({ message: message.name }, 'claim without a room key');
      this.counts.failed += 1;
      return [];
    }
    const shard = await this.#claimOnce(room);
    return shard === undefined ? [] : [{ scope: 'transaction', name: 'shard', value: shard }];
  };

  #claimOnce(room: string): Promise<string | undefined> {
    const flight = this.#flights.get(room);
    if (flight) {
      this.counts.joined += 1;
      return flight;
    }
    const claim = this.#claim(room).finally(() => this.#flights.delete(room));
    this.#flights.set(room, claim);
    return claim;
  }

  async #claim(room: string): Promise<string | undefined> {
    let answer: ClaimAnswer;
    try {
      answer = await this.#table.claim(room, tenantOf(room), bucketOf(room), this.#lifetimeMs);
    } catch (error) {
      this.counts.failed += 1;
      this.#log.debug({ error: messageOf(error) }, 'claim failed');
      return undefined;
    }
    if ('refused' in answer) {
      this.counts.refused += 1;
      return undefined;
    }
    this.answers.record(room, answer.shard, Date.now());
    this.counts[answer.isNew ? 'seated' : 'known'] += 1;
    return answer.shard;
  }
}
