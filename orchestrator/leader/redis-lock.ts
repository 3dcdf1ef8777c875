import { UsherError } from '../../common/errors.ts';
import {
  type CommandAnswer,
  type CommandName,
  defineCommands,
  runCommand,
} from '../../haproxy/stick-table/commands.ts';
import type { RedisConnection } from '../../haproxy/stick-table/connection.ts';
import type { Attempt, Leader, LeaderLock } from './leader-lock.ts';

/**
 * The lock as a key of the fleet's Redis. Redis itself refuses the writes of a leader whose key it no longer holds
 * (shared.lua), so that a Redis which loses the lock in a failover loses that leader's writes with it.
 */
export class RedisLock implements LeaderLock {
  readonly lifetimeMs: number;
  readonly renewEveryMs: number;
  readonly #connection: RedisConnection;
  readonly #fleet: string;
  readonly #self: Leader;
  /** The highest token that this orchestrator has seen. */
  #seen = 0;

  constructor(connection: RedisConnection, fleet: string, self: Leader, lifetimeMs = 3_000) {
    this.#connection = connection;
    this.#fleet = fleet;
    this.#self = self;
    this.lifetimeMs = lifetimeMs;
    this.renewEveryMs = lifetimeMs / 3;
    defineCommands(connection.redis);
  }

  async acquire(): Promise<Attempt> {
    const answer = await this.#lead('');
    if (answer.ok) return { won: true, token: this.#note(String(answer.values[0])) };
    const [token = '', name = '', api = ''] = answer.reason.split(' ');
    this.#note(token);
    return { won: false, leader: { name, api } };
  }

  async renew(token: string): Promise<boolean> {
    return (await this.#lead(token)).ok;
  }

  async release(token: string): Promise<void> {
    await this.#run('resign', [token]);
  }

  assertFenced(): void {
    // The lock and the fence are one key.
  }

  #lead(token: string): Promise<CommandAnswer> {
    const { name, api } = this.#self;
    return this.#run('lead', [token, name, api, this.lifetimeMs, this.#seen]);
  }

  #note(token: string): string {
    this.#seen = Math.max(this.#seen, Number(token));
    return token;
  }

  async #run(command: CommandName, args: readonly (string | number)[]): Promise<CommandAnswer> {
    const runId = this.#connection.runId();
    if (runId === undefined) throw new UsherError('Redis is out of reach');
    return runCommand(this.#connection.redis, this.#fleet, command, [runId, ...args]);
  }
}
