import type { Redis } from 'ioredis';
import type { RedisConnection } from './connection.ts';
import { redisKey } from './keys.ts';
import { type Placement, parsePlacement } from './placement.ts';
import { type AgentRecord, agentRecord, type OperationRecord, operationRecord } from './records.ts';

/** What can be read of the stick table without a snapshot of the whole. Throws when Redis is out of reach. */
export class StickTableReader {
  readonly fleet: string;
  readonly #connection: RedisConnection;

  constructor(connection: RedisConnection, fleet: string) {
    this.fleet = fleet;
    this.#connection = connection;
  }

  /** Which Redis is at the other end (run-id.ts); undefined while there is none. */
  runId(): string | undefined {
    return this.#connection.runId();
  }

  /** For what stands in no script. */
  get redis(): Redis {
    return this.#connection.redis;
  }

  /** Is this the Redis whose table is whole? Throws when it is out of reach. */
  async isBlessed(): Promise<boolean> {
    const blessed = await this.redis.get(redisKey(this.fleet, 'blessed'));
    return blessed !== null && blessed === this.#connection.runId();
  }

  /** What is under way, by its id. */
  async operations(): Promise<Map<string, OperationRecord>> {
    const raw = await this.redis.hgetall(redisKey(this.fleet, 'operations'));
    return new Map(Object.entries(raw).map(([id, json]) => [id, operationRecord.parse(JSON.parse(json))]));
  }

  /** The agents that registered, by proxy. */
  async agents(): Promise<Map<string, AgentRecord>> {
    const raw = await this.redis.hgetall(redisKey(this.fleet, 'agents'));
    return new Map(Object.entries(raw).map(([name, json]) => [name, agentRecord.parse(JSON.parse(json))]));
  }

  /** The orchestrators that registered, by the addresses of their APIs. */
  orchestrators(): Promise<string[]> {
    return this.redis.zrange(redisKey(this.fleet, 'candidates'), '0', '-1');
  }

  /** Where one room sits. */
  async placement(room: string): Promise<Placement | undefined> {
    const value = await this.redis.hget(redisKey(this.fleet, 'rooms'), room);
    return value === null ? undefined : parsePlacement(value);
  }
}
