import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import type { ProxyMaps } from '../maps/proxy-maps.ts';
import type { FeedEntry } from '../stick-table/events.ts';
import type { FeedFollower } from '../stick-table/feed.ts';
import type { StickTableMirror } from '../stick-table/mirror.ts';
import type { OperationRecord } from '../stick-table/records.ts';
import { changesOf, desiredContent } from './desired-maps.ts';
import { inTurn } from './in-turn.ts';
import { desiredServers, type ProxyServer } from './plan-servers.ts';
import type { ProxyServers } from './proxy-servers.ts';

/** What a keeper keeps in step, and with what. */
export interface ProxyKeeperOptions {
  maps: ProxyMaps;
  servers: ProxyServers;
  /** Tells Redis that this proxy carries an operation's phase. */
  ack(operation: string, phase: OperationRecord['phase']): Promise<void>;
  log: Logger;
}

/**
 * Keeps one HAProxy in step with the stick table: the only writer of its maps and servers, one change at a time.
 * Servers before the slots that name them, files before maps, and sessions shut where a slot went, before the
 * acknowledgement. Acknowledges nothing while HAProxy, or an old worker of it that still serves, is out of reach.
 */
export class ProxyKeeper implements FeedFollower {
  readonly #options: ProxyKeeperOptions;
  readonly #once = inTurn();
  #mirror: StickTableMirror | undefined;
  /** As the table was when the maps were last written: the mirror goes ahead while a change waits for its turn. */
  #written: { servers: ProxyServer[]; operations: ReadonlyMap<string, OperationRecord['phase']> } | undefined;
  #carried = false;
  #acksDue = false;
  /** The Redis whose blessing is waited for; what the maps hold is final until then. */
  #waitsFor: string | undefined;
  /** Was the table found to differ from Redis? */
  #stale = false;

  constructor(options: ProxyKeeperOptions) {
    this.#options = options;
  }

  /** Does HAProxy carry the whole table, as far as is known, and were all acknowledgements given? */
  get inStep(): boolean {
    return this.#carried && !this.#acksDue && !this.#stale;
  }

  /** The table as last heard; undefined before Redis was reached. */
  get mirror(): StickTableMirror | undefined {
    return this.#mirror;
  }

  /** The unblessed Redis that nothing is carried from any more; undefined while one is followed. */
  get waitsFor(): string | undefined {
    return this.#waitsFor;
  }

  unblessed(runId: string): void {
    this.#waitsFor = runId;
  }

  reset(mirror: StickTableMirror): Promise<void> {
    return this.#once(async () => {
      this.#waitsFor = undefined;
      this.#mirror = mirror;
      this.#stale = false;
      this.#acksDue = true;
      this.#written = writtenFrom(mirror);
      await this.#carry(() => this.#options.maps.replace(desiredContent(mirror)));
    });
  }

  advance(entries: readonly FeedEntry[], mirror: StickTableMirror): Promise<void> {
    const { maps } = this.#options;
    return this.#once(async () => {
      if (entries.some(({ event }) => opensPhase.has(event.type))) this.#acksDue = true;
      this.#written = writtenFrom(mirror);
      await this.#carry(() => maps.apply(changesOf(entries, mirror, (map) => maps.content(map))));
    });
  }

  /** Looks whether HAProxy still carries everything; a new process, or one that was away, is brought in step. */
  check(): Promise<void> {
    return this.#once(() => this.#carry(() => this.#options.maps.resync()));
  }

  wantsReset(): boolean {
    return this.#stale;
  }

  /**
   * Puts right what was found different: files and HAProxy from memory, and memory from Redis, which is read anew
   * when `memoryIsWrong`.
   */
  repair(memoryIsWrong: boolean): Promise<void> {
    return this.#once(async () => {
      this.#stale ||= memoryIsWrong;
      this.#carried = await this.#options.maps.repair();
    });
  }

  async #carry(writeMaps: () => Promise<boolean>): Promise<void> {
    if (this.#written === undefined) return;
    const { servers, log } = this.#options;
    try {
      const ready = await servers.open(this.#written.servers);
      // The files are written in any case: a HAProxy that is away starts from them.
      const written = (await writeMaps()) && ready;
      this.#carried = written && (await servers.close(this.#written.servers));
    } catch (error) {
      this.#carried = false;
      log.warn({ error: messageOf(error) }, 'HAProxy could not be brought in step: trying again');
    }
    await this.#ackWhatIsOpen(this.#written.operations);
  }

  async #ackWhatIsOpen(operations: ReadonlyMap<string, OperationRecord['phase']>): Promise<void> {
    if (!this.#acksDue || !this.#carried) return;
    try {
      for (const [operation, phase] of operations) await this.#options.ack(operation, phase);
      this.#acksDue = false;
    } catch (error) {
      this.#options.log.debug({ error: messageOf(error) }, 'acknowledgement failed: trying again');
    }
  }
}

function writtenFrom(mirror: StickTableMirror) {
  return { servers: desiredServers(mirror), operations: new Map(mirror.operations) };
}

const opensPhase: ReadonlySet<string> = new Set(['hold', 'prefer', 'tombstone', 'taken-out']);
