import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import type { RedisConnection } from '../../haproxy/stick-table/connection.ts';
import { redisKey } from '../../haproxy/stick-table/keys.ts';
import { type Audit, type AuditEntry, logAudit } from './audit.ts';
import { shortenEntry } from './shorten.ts';
import type { StoredEntry } from './stored-entry.ts';

const maxBuffered = 1_000;
const batch = 100;

interface Buffered {
  entry: StoredEntry;
  /** When it was recorded, in milliseconds since the epoch. */
  at: number;
}

/** Where entries go, and how many are kept. */
export interface RedisAuditOptions {
  connection: RedisConnection;
  fleet: string;
  /** The stream is trimmed to about so many entries. */
  entries: number;
  log: Logger;
}

/**
 * Keeps entries in the stream `audit` of the fleet, and in the log. While Redis is away a bounded buffer takes them;
 * what does not fit is counted, and the count is an entry of its own. An entry whose writing was not answered is
 * written again, and may stand there twice. Needs no blessed Redis: also what is decided without one is kept.
 */
export class RedisAudit implements Audit {
  readonly #options: RedisAuditOptions;
  readonly #log: Audit;
  readonly #buffer: Buffered[] = [];
  #dropped = 0;
  #flushing: Promise<void> | undefined;

  constructor(options: RedisAuditOptions) {
    this.#options = options;
    this.#log = logAudit(options.log);
  }

  record(entry: AuditEntry): void {
    this.#log.record(entry);
    if (this.#buffer.length >= maxBuffered) {
      this.#dropped += 1;
      return;
    }
    this.#buffer.push({ entry: shortenEntry(entry), at: Date.now() });
    void this.flush();
  }

  /** Writes what is buffered, as far as Redis takes it. Never throws; called again later, it goes on. */
  async flush(): Promise<void> {
    if (this.#buffer.length === 0 || this.#options.connection.runId() === undefined) return;
    this.#flushing ??= this.#drain();
    await this.#flushing;
  }

  async #drain(): Promise<void> {
    try {
      while (this.#buffer.length > 0) {
        await this.#write(this.#buffer.slice(0, batch));
        this.#tellDropped();
      }
    } catch (error) {
      this.#options.log.debug({ error: messageOf(error) }, 'audit entries are kept back');
    } finally {
      this.#flushing = undefined;
    }
  }

  async #write(entries: readonly Buffered[]): Promise<void> {
    const { connection, fleet, entries: length } = this.#options;
    const pipeline = connection.redis.pipeline();
    for (const { entry, at } of entries) {
      const json = JSON.stringify({ ...entry, heldMs: Math.max(0, Date.now() - at) });
      pipeline.xadd(redisKey(fleet, 'audit'), 'MAXLEN', '~', length, '*', 'entry', json);
    }
    for (const [error] of (await pipeline.exec()) ?? []) {
      if (error) throw error;
      this.#buffer.shift();
    }
  }

  /** In the place of what is missing: after what came before it, before what comes next. */
  #tellDropped(): void {
    if (this.#dropped === 0) return;
    const count = this.#dropped;
    this.#dropped = 0;
    this.record({
      actor: 'orchestrator',
      action: 'audit.drop',
      reason: `Redis was away for too long: ${count} entries did not fit into the buffer of ${maxBuffered}`,
      inputs: { dropped: count },
      outcome: 'they are in the log alone',
    });
  }
}
