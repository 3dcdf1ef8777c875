import { z } from 'zod';
import { type BridgeLoad, type bridgeBody, bridgeLoad } from '../../orchestrator/api/schema/bridges.ts';
import { type ChangeAnswer, changeAnswer } from '../../orchestrator/api/schema/change.ts';
import { type FleetStatus, fleetStatus } from '../../orchestrator/api/schema/fleet.ts';
import { type ShardHistory, shardHistory } from '../../orchestrator/api/schema/history.ts';
import { type ShardLoadView, shardLoad } from '../../orchestrator/api/schema/load.ts';
import {
  type ProxyDiff,
  type ProxyStatus,
  proxyDiff,
  proxyStatus,
} from '../../orchestrator/api/schema/proxies.ts';
import {
  type RoomExplanation,
  type RoomStatus,
  roomExplanation,
  roomStatus,
} from '../../orchestrator/api/schema/rooms.ts';
import { type ShardScale, type scaleBody, shardScale } from '../../orchestrator/api/schema/scale.ts';
import type { desiredBody, removeBody } from '../../orchestrator/api/schema/shards.ts';
import { type ShardStatus, shardStatus } from '../../orchestrator/api/schema/shards.ts';
import { type SplitsStatus, splitsStatus } from '../../orchestrator/api/schema/splits.ts';
import type { upgradeBody, upgradeWordBody } from '../../orchestrator/api/schema/upgrade.ts';
import { type UpgradeStatus, upgradeStatus } from '../../orchestrator/api/schema/upgrade.ts';
import { type EventsAnswer, type EventsQuery, eventsAnswer } from '../../orchestrator/events/schema.ts';
import { askLeader } from './ask-leader.ts';
import type { Send } from './request.ts';

/** Which rooms to list; everything given must fit. */
export interface RoomQuery {
  /** A shard or an incarnation. */
  readonly shard?: string;
  readonly state?: string;
  readonly limit?: number;
}

/** The way to a fleet's orchestrators where it is not plain HTTP to addresses that stay. */
export interface Way {
  /** Of all orchestrators that there are now. */
  bases(): Promise<readonly string[]>;
  readonly send: Send;
}

/** The API of a fleet's orchestrators as the commands use it. Every method throws as `askLeader` does. */
export class UsherApi {
  readonly #way: readonly string[] | Way;
  readonly #signal: AbortSignal;

  /** @param way the bases of all orchestrators, as in `http://127.0.0.1:8700`, or another way to them */
  constructor(way: readonly string[] | Way, signal: AbortSignal) {
    this.#way = way;
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

  setDesired(name: string, change: z.input<typeof desiredBody>): Promise<ChangeAnswer> {
    return this.#post(`/v1/shards/${encodeURIComponent(name)}/desired`, change);
  }

  removeShard(name: string, removal: z.input<typeof removeBody>): Promise<ChangeAnswer> {
    return this.#post(`/v1/shards/${encodeURIComponent(name)}/remove`, removal);
  }

  /** What a shard carries, and what it carried over so many hours. */
  shardLoad(name: string, hours: number): Promise<ShardLoadView> {
    return this.#get(`/v1/shards/${encodeURIComponent(name)}/load?hours=${hours}`, shardLoad);
  }

  /** What a shard carried over so many weeks, at most. */
  shardHistory(name: string, weeks: number): Promise<ShardHistory> {
    return this.#get(`/v1/shards/${encodeURIComponent(name)}/history?weeks=${weeks}`, shardHistory);
  }

  /** Of all shards, or of one. */
  bridges(shard?: string): Promise<BridgeLoad[]> {
    const query = shard === undefined ? '' : `?${new URLSearchParams({ shard })}`;
    return this.#get(`/v1/bridges${query}`, z.array(bridgeLoad));
  }

  tellBridge(name: string, word: z.input<typeof bridgeBody>['word'], dryRun: boolean): Promise<ChangeAnswer> {
    return this.#post(`/v1/bridges/${encodeURIComponent(name)}/word`, { word, dryRun });
  }

  /** How the bridges of all shards are scaled, or of one. */
  async scale(shard?: string): Promise<ShardScale[]> {
    if (shard === undefined) return this.#get('/v1/scale', z.array(shardScale));
    return [await this.#get(`/v1/shards/${encodeURIComponent(shard)}/scale`, shardScale)];
  }

  changeScale(body: z.input<typeof scaleBody>): Promise<ChangeAnswer> {
    return this.#post('/v1/scale', body);
  }

  upgrade(): Promise<UpgradeStatus> {
    return this.#get('/v1/upgrade', upgradeStatus);
  }

  startUpgrade(wish: z.input<typeof upgradeBody>): Promise<ChangeAnswer> {
    return this.#post('/v1/upgrade', wish);
  }

  tellUpgrade(word: z.input<typeof upgradeWordBody>['word'], dryRun: boolean): Promise<ChangeAnswer> {
    return this.#post('/v1/upgrade/word', { word, dryRun });
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

  /** The last events, or those after an answer's `after`. */
  events(query: Partial<EventsQuery>): Promise<EventsAnswer> {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) parameters.set(name, `${value}`);
    }
    return this.#get(`/v1/events?${parameters}`, eventsAnswer);
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

  splits(): Promise<SplitsStatus> {
    return this.#get('/v1/splits', splitsStatus);
  }

  #get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.#ask(path, schema);
  }

  #post(path: string, body: object): Promise<ChangeAnswer> {
    return this.#ask(path, changeAnswer, body);
  }

  async #ask<T>(path: string, schema: z.ZodType<T>, body?: object): Promise<T> {
    const way = this.#way;
    if (!('send' in way)) return askLeader(way, path, schema, this.#signal, body);
    return askLeader(await way.bases(), path, schema, this.#signal, body, way.send);
  }
}
