import { UsherError } from '../../common/errors.ts';
import { defineCommands, runCommand } from '../../haproxy/stick-table/commands.ts';
import type { RedisConnection } from '../../haproxy/stick-table/connection.ts';
import type { Leader } from './leader-lock.ts';

/** Tells the fleet's Redis who leads, where another lock decides that: it refuses every other leadership's writes. */
export class RedisFence {
  readonly #connection: RedisConnection;
  readonly #fleet: string;
  readonly #self: Leader;

  constructor(connection: RedisConnection, fleet: string, self: Leader) {
    this.#connection = connection;
    this.#fleet = fleet;
    this.#self = self;
    defineCommands(connection.redis);
  }

  /**
   * Puts the token of this orchestrator's leadership there for `lifetimeMs`. Returns undefined, or the higher token of a
   * later leadership that Redis knows already. Throws when Redis is out of reach.
   */
  async put(token: string, lifetimeMs: number): Promise<number | undefined> {
    const runId = this.#connection.runId();
    if (runId === undefined) throw new UsherError('Redis is out of reach');
    const { name, api } = this.#self;
    const args = [runId, token, name, api, lifetimeMs];
    const answer = await runCommand(this.#connection.redis, this.#fleet, 'fence', args);
    return answer.ok ? undefined : Number.parseInt(answer.reason, 10);
  }
}
