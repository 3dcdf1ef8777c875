import type { XmppDomains } from './domains.ts';
import type { ShardSpec } from './spec/schema.ts';

/** How to reach the parts of a shard. URLs are without a path and without a closing slash. */
export interface ShardEndpoints {
  readonly name: string;
  readonly region: string;
  /** The web server, which the proxies send participants to: at an IP address, as HAProxy resolves no names at runtime. */
  readonly web: string;
  /** Prosody's HTTP: BOSH, websocket, census. */
  readonly prosodyHttp: string;
  /** Prosody's XMPP over TCP. */
  readonly prosodyC2s: { readonly host: string; readonly port: number };
  /** Jicofo's REST. */
  readonly jicofo: string;
  /** The oldest first. */
  readonly bridges: readonly BridgeEndpoint[];
  /** Something else than the orchestrator decides how many bridges there are: a HorizontalPodAutoscaler. */
  readonly scaledElsewhere?: true;
  readonly domains: XmppDomains;
  /** An account of the auth domain with which the brewery can be watched. */
  readonly brewery: { readonly user: string; readonly password: string; readonly jid: string };
  /**
   * When its Prosody started, in milliseconds since the epoch: rooms are in Prosody's memory, so any that was
   * seated before is gone. Undefined while it does not run.
   */
  readonly startedAt: number | undefined;
}

/** How to reach one bridge. */
export interface BridgeEndpoint {
  readonly name: string;
  /** Its REST interface: `/colibri/stats`, `/colibri/drain`, `/metrics`. */
  readonly rest: string;
}

/**
 * Makes shards real on some platform. It knows nothing of rooms, desired state or health: what may be removed
 * is decided by the caller. Calls for one shard must not overlap.
 */
export interface ShardDriver {
  /** The shards that exist, whether or not they work, by name. */
  list(signal: AbortSignal): Promise<ShardEndpoints[]>;

  /**
   * Brings the shard to what `spec` asks for: starts what is missing or has died, with at least
   * `spec.bridges.min` bridges, and leaves what runs alone, healthy or not. Returns when all that it started answers.
   * @throws UsherError saying which part did not start, and why.
   */
  ensure(spec: ShardSpec, signal: AbortSignal): Promise<ShardEndpoints>;

  /**
   * Brings the shard's bridges to `count` by starting new ones, or leaves them alone when there are as many. It never
   * ends one.
   */
  addBridges(shard: string, count: number, signal: AbortSignal): Promise<void>;

  /**
   * Ends exactly these bridges and no other; one that is not there is no error. The caller has drained them: meetings
   * that they still carry are cut.
   *
   * @throws UsherError when not exactly these would end, or have ended
   */
  removeBridges(shard: string, names: readonly string[], signal: AbortSignal): Promise<void>;

  /**
   * Where bridges are scaled elsewhere: has those with the fewest people end first. It may be called at every look: it
   * writes only what has changed enough.
   *
   * @param people on each bridge, by its name; one that is left out stays as it is
   * @throws UsherError when it can't be written
   */
  rankBridges(shard: string, people: ReadonlyMap<string, number>, signal: AbortSignal): Promise<void>;

  /** Ends the shard, and with it the meetings it still has, and forgets it. Nothing happens when there is none. */
  remove(name: string, signal: AbortSignal): Promise<void>;
}
