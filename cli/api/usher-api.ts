import { z } from 'zod';
import {
  type ChangeAnswer,
  changeAnswer,
  type FleetStatus,
  fleetStatus,
  type ProxyDiff,
  type ProxyStatus,
  proxyDiff,
  proxyStatus,
  type RoomExplanation,
  type RoomStatus,
  roomExplanation,
  roomStatus,
  type ShardStatus,
  shardStatus,
} from '../../orchestrator/api/schema.ts';
import type { DesiredState } from '../../shards/spec/schema.ts';
import { request } from './request.ts';

/** Which rooms to list; everything given must fit. */
export interface RoomQuery {
  /** A shard or an incarnation. */
  readonly shard?: string;
  readonly state?: string;
  readonly limit?: number;
}

/** The orchestrator's API as the commands use it. Every method throws as `request` does. */
export class UsherApi {
  readonly #base: string;
  readonly #signal: AbortSignal;

  /** @param base as in `http://127.0.0.1:8700` */
  constructor(base: string, signal: AbortSignal) {
    this.#base = base;
    this.#signal = signal;
  }

  status(): Promise<FleetStatus> {
    return this.#get('/v1/status', fleetStatus);
  }

  shards(): Promise<ShardStatus[]> {
    return this.#get('/v1/shards', z.array(shardStatus));
  }

  shard(name: string): Promise<ShardStatus> {
    return this.#get(`/v1/shards/${encodeURIComponent(name)}`, shardStatus);
  }

  setDesired(name: string, desired: DesiredState, dryRun: boolean): Promise<ChangeAnswer> {
    return this.#post(`/v1/shards/${encodeURIComponent(name)}/desired`, { desired, dryRun });
  }

  removeShard(name: string, dryRun: boolean): Promise<ChangeAnswer> {
    return this.#post(`/v1/shards/${encodeURIComponent(name)}/remove`, { dryRun });
  }

  rooms(query: RoomQuery): Promise<RoomStatus[]> {
    const { limit, ...names } = query;
    const parameters = new URLSearchParams({ ...names, ...(limit !== undefined && { limit: `${limit}` }) });
    return this.#get(`/v1/rooms?${parameters}`, z.array(roomStatus));
  }

  room(key: string): Promise<RoomStatus> {
    return this.#get(`/v1/rooms/${encodeURIComponent(key)}`, roomStatus);
  }

  explainRoom(key: string): Promise<RoomExplanation> {
    return this.#get(`/v1/rooms/${encodeURIComponent(key)}/explain`, roomExplanation);
  }

  /** `shard` null: unpinned. */
  pinRoom(key: string, shard: string | null, dryRun: boolean): Promise<ChangeAnswer> {
    return this.#post(`/v1/rooms/${encodeURIComponent(key)}/pin`, { shard, dryRun });
  }

  /** Lets a rebuild of the table go on without those who do not answer. */
  forceRebuild(dryRun: boolean): Promise<ChangeAnswer> {
    return this.#post('/v1/table/rebuild', { force: true, dryRun });
  }

  proxies(): Promise<ProxyStatus[]> {
    return this.#get('/v1/proxies', z.array(proxyStatus));
  }

  diffProxy(name: string): Promise<ProxyDiff> {
    return this.#get(`/v1/proxies/${encodeURIComponent(name)}/diff`, proxyDiff);
  }

  #get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return request(this.#base, path, schema, this.#signal);
  }

  #post(path: string, body: object): Promise<ChangeAnswer> {
    return request(this.#base, path, changeAnswer, this.#signal, body);
  }
}
