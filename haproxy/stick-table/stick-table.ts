import { UsherError } from '../../common/errors.ts';
import {
  type CommandAnswer,
  type CommandArgument,
  type CommandName,
  defineCommands,
  runCommand,
} from './commands.ts';
import type { RedisConnection } from './connection.ts';
import { GroupCommit } from './group-commit.ts';
import { redisKey } from './keys.ts';
import type { AgentRecord, OperationRecord, ShardRecord } from './records.ts';
import { StickTableReader } from './stick-table-reader.ts';

/** How long replicas may take to confirm a command, in milliseconds. */
const replicasWithinMs = 100;

/** What a claim says: where the room sits, or why nobody may say so now. */
export type ClaimAnswer = { shard: string; isNew: boolean } | { refused: string };

/**
 * The stick table in Redis: the steps of the seating protocol, each one atomic script, whose file in commands/ says
 * what it does. Every one names the Redis it is meant for (run-id.ts). Throws when Redis is out of reach.
 */
export class StickTable extends StickTableReader {
  readonly #claims: GroupCommit;
  readonly #replicas: number;
  readonly #token: (() => string) | undefined;

  /**
   * @param token the fencing token that every write but a claim carries, for orchestrators; asked each time, and
   * throws while this one does not lead
   */
  constructor(connection: RedisConnection, fleet: string, replicas = 0, token?: () => string) {
    super(connection, fleet);
    this.#replicas = replicas;
    this.#token = token;
    defineCommands(connection.redis);
    this.#claims = new GroupCommit(connection.redis, fleet, replicas);
  }

  /**
   * Seats a room, or finds where it sits. Refused: Redis may not decide now. A claim that no census ever
   * confirms lapses after `lifetimeMs`. `by`: the agent that asks, for the feed's readers.
   */
  async claim(
    room: string,
    tenant: string,
    bucket: number,
    lifetimeMs: number,
    by = '',
  ): Promise<ClaimAnswer> {
    const runId = this.runId();
    if (runId === undefined) return { refused: 'redis is out of reach' };
    const answer = await this.#claims.claim([runId, room, tenant, bucket, lifetimeMs, by]);
    if (!answer.ok) return { refused: answer.reason };
    return { shard: String(answer.values[0]), isNew: answer.values[1] === 'new' };
  }

  /** Takes an empty Redis into use. Only when nothing of the fleet runs: see bless.lua. */
  bless(tenants: ReadonlyMap<string, string>): Promise<CommandAnswer> {
    return this.#run('bless', [...tenants].flat());
  }

  assign(preferences: ReadonlyMap<string, string>): Promise<CommandAnswer> {
    return this.#run('assign', [...preferences].flat());
  }

  hold(operation: string, targets: ReadonlyMap<string, string>): Promise<CommandAnswer> {
    return this.#run('hold', [operation, ...[...targets].flat()]);
  }

  ack(operation: string, phase: OperationRecord['phase'], agent: string): Promise<CommandAnswer> {
    return this.#run('ack', [operation, phase, agent]);
  }

  /** `adopted` and `pinned`: room key -> incarnation; adopted by the census that covers the hold. */
  flip(
    operation: string,
    adopted: ReadonlyMap<string, string>,
    pinned: ReadonlyMap<string, string> = new Map(),
  ): Promise<CommandAnswer> {
    const seats = [...adopted].flatMap(([room, shard]) => [room, shard, 'live']);
    const pins = [...pinned].flatMap(([room, shard]) => [room, shard, 'claimed']);
    return this.#run('flip', [operation, ...seats, ...pins]);
  }

  cancel(operation: string): Promise<CommandAnswer> {
    return this.#run('cancel', [operation]);
  }

  finish(operation: string): Promise<CommandAnswer> {
    return this.#run('finish', [operation]);
  }

  adopt(rooms: readonly { room: string; bucket: string; shard: string }[]): Promise<CommandAnswer> {
    return this.#run('adopt', [...rooms.flatMap(({ room, bucket, shard }) => [room, bucket, shard])]);
  }

  observe(states: ReadonlyMap<string, 'live' | 'lingering'>): Promise<CommandAnswer> {
    return this.#run('observe', [...[...states].flat()]);
  }

  retire(operation: string, rooms: readonly string[]): Promise<CommandAnswer> {
    return this.#run('retire', [operation, ...rooms]);
  }

  delete(operation: string, rooms: readonly string[]): Promise<CommandAnswer> {
    return this.#run('delete', [operation, ...rooms]);
  }

  putShard(record: ShardRecord): Promise<CommandAnswer> {
    return this.#run('put-shard', [JSON.stringify(record)]);
  }

  takeOut(operation: string, shard: string): Promise<CommandAnswer> {
    return this.#run('take-out', [operation, shard]);
  }

  /** First step of a shard's going down; see shard-out.lua. */
  shardOut(
    operation: string,
    shard: string,
    cause: 'health' | 'forced',
    reason: string,
  ): Promise<CommandAnswer> {
    return this.#run('shard-out', [operation, shard, cause, reason]);
  }

  /** Takes shardOut back. */
  shardUp(operation: string): Promise<CommandAnswer> {
    return this.#run('shard-up', [operation]);
  }

  /** Second step, when all have acknowledged the first. `targets`: `pool/bucket` -> shard, for all of its buckets. */
  shardDown(operation: string, targets: ReadonlyMap<string, string>): Promise<CommandAnswer> {
    return this.#run('shard-down', [operation, ...[...targets].flat()]);
  }

  /** Deletes those of these rooms that sit on a life of a shard that is over. */
  collect(rooms: readonly string[]): Promise<CommandAnswer> {
    return this.#run('collect', [...rooms]);
  }

  rebuildBegin(rebuild: string): Promise<CommandAnswer> {
    return this.#run('rebuild-begin', [rebuild]);
  }

  rebuildWrite(
    rebuild: string,
    hash: 'preferences' | 'shards' | 'tenants' | 'agents',
    fields: ReadonlyMap<string, string>,
  ): Promise<CommandAnswer> {
    return this.#run('rebuild-write', [rebuild, hash, ...[...fields].flat()]);
  }

  /** A room that no census showed keeps its place for `lifetimeMs`, as a claim does. */
  rebuildSeat(
    rebuild: string,
    rooms: ReadonlyMap<string, { shard: string; state: 'live' | 'claimed' }>,
    lifetimeMs: number,
  ): Promise<CommandAnswer> {
    const seats = [...rooms].flatMap(([room, { shard, state }]) => [room, shard, state]);
    return this.#run('rebuild-seat', [rebuild, lifetimeMs, ...seats]);
  }

  rebuildEnd(rebuild: string): Promise<CommandAnswer> {
    return this.#run('rebuild-end', [rebuild]);
  }

  /** What shards carried; see record-loads.lua. Outside the protocol. */
  recordLoads(keepMs: number, dayBytes: number, entries: readonly CommandArgument[]): Promise<CommandAnswer> {
    return this.#run('record-loads', [keepMs, dayBytes, ...entries]);
  }

  /** How long meetings last. Outside the protocol. */
  recordLifetimes(json: string): Promise<CommandAnswer> {
    return this.#run('record-lifetimes', [json]);
  }

  /** What scaling has learned, a shard and its JSON in turn; '' forgets it. Outside the protocol. */
  recordScaling(entries: readonly string[]): Promise<CommandAnswer> {
    return this.#run('record-scaling', entries);
  }

  /** Registers an agent: outside the protocol, and without a script. */
  async putAgent(name: string, record: AgentRecord): Promise<void> {
    await this.redis.hset(redisKey(this.fleet, 'agents'), name, JSON.stringify(record));
  }

  /** Registers an orchestrator by its API's address; those not heard of since `forgetBefore` are forgotten. Times in ms. */
  async putOrchestrator(api: string, now: number, forgetBefore: number): Promise<void> {
    const key = redisKey(this.fleet, 'candidates');
    await this.redis.multi().zadd(key, now, api).zremrangebyscore(key, 0, forgetBefore).exec();
  }

  /** One command, held by the replicas too where there are any. */
  async #run(name: CommandName, args: readonly CommandArgument[]): Promise<CommandAnswer> {
    const runId = this.runId();
    if (runId === undefined) throw new UsherError('Redis is out of reach');
    const writer = this.#token ? `${runId} ${this.#token()}` : runId;
    const answer = await runCommand(this.redis, this.fleet, name, [writer, ...args]);
    if (answer.ok && this.#replicas > 0) {
      const held = await this.redis.wait(this.#replicas, replicasWithinMs);
      if (held < this.#replicas)
        throw new UsherError(`${name}: only ${held} of ${this.#replicas} replicas hold it`);
    }
    return answer;
  }
}
