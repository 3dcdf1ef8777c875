import { z } from 'zod';
import { UsherError } from '../../common/errors.ts';
import { clusterError, refusalOf } from './client.ts';
import type { ClusterApi } from './cluster-api.ts';
import { namespaceOf, passwordsSecret } from './names.ts';

/** A password that was read stands for this long: an hour is 3 reads a minute for 200 shards. */
const goodForMs = 3_600_000;

/** Nor is a missing or refused one asked for at every look. */
const badForMs = 5_000;

const secret = z.object({ data: z.object({ JVB_AUTH_PASSWORD: z.base64() }) });

/** What stands for a read that is made once for all who ask. */
interface Reading {
  readonly startedAt: number | undefined;
  password: Promise<string>;
  /** Asked for again from then on, in milliseconds since the epoch. */
  until: number;
}

/** The passwords with which the shards' breweries are watched, each read when it may have changed and not before. */
export class Passwords {
  readonly #api: Pick<ClusterApi, 'get'>;
  readonly #readings = new Map<string, Reading>();

  constructor(api: Pick<ClusterApi, 'get'>) {
    this.#api = api;
  }

  /**
   * The password of the bridges' account of a shard; while it can't be read, the last one that was.
   *
   * @param startedAt when its Prosody started: it read its passwords then, and another start may have brought others
   * @throws UsherError when there is no such Secret, or it was never read
   */
  async of(shard: string, startedAt: number | undefined, signal: AbortSignal): Promise<string> {
    const known = this.#readings.get(shard);
    if (known && known.startedAt === startedAt && Date.now() < known.until) return known.password;
    const reading = { startedAt, password: this.#read(shard, signal), until: Date.now() + goodForMs };
    this.#readings.set(shard, reading);
    try {
      return await reading.password;
    } catch (error) {
      reading.until = signal.aborted ? 0 : Date.now() + badForMs;
      if (!known || error instanceof MissingPassword) throw error;
      reading.password = known.password;
      return known.password;
    }
  }

  /** Lets go of what is known of a shard. */
  forget(shard: string): void {
    this.#readings.delete(shard);
  }

  async #read(shard: string, signal: AbortSignal): Promise<string> {
    const namespace = namespaceOf(shard);
    const path = `/api/v1/namespaces/${namespace}/secrets/${passwordsSecret}`;
    const what = `Secret ${passwordsSecret} in namespace ${namespace}`;
    const found = await this.#api.get(path, {}, signal).catch((error: unknown) => {
      if (refusalOf(error)?.code !== 404) throw clusterError(`read ${what}`, error);
      throw new MissingPassword(`shard ${shard}: no ${what}: \`usher secrets create ${shard}\` makes it`);
    });
    const parsed = secret.safeParse(found);
    if (!parsed.success) throw new MissingPassword(`${what}: no JVB_AUTH_PASSWORD in it`);
    return Buffer.from(parsed.data.data.JVB_AUTH_PASSWORD, 'base64').toString();
  }
}

/** A password that is not there, unlike one that can't be read just now. */
export class MissingPassword extends UsherError {}
