/** What the demo needs of a running fleet; every call ends by itself within a bound or when `signal` aborts. */
export interface DemoFleet {
  /** `http://host:port` of all proxies. */
  readonly proxies: readonly string[];
  /** Returns when the shard gets new rooms. */
  addShard(name: string, region: string, signal: AbortSignal): Promise<void>;
  /** Drains the shard, waits for its meetings to end, removes it; says on the way what is left. */
  drainAndRemove(name: string, onProgress: (left: DrainLeft) => void, signal: AbortSignal): Promise<void>;
  /** Ends a proxy as a crash would (SIGKILL). */
  killProxy(proxy: string): Promise<void>;
  /** Returns when the killed proxy serves again. */
  reviveProxy(proxy: string, signal: AbortSignal): Promise<void>;
  /** Ends the agent beside a proxy as a crash would. */
  killAgent(proxy: string): Promise<void>;
  /** Returns when the killed agent answers again. */
  reviveAgent(proxy: string, signal: AbortSignal): Promise<void>;
}

/** What a shard that drains still has. */
export interface DrainLeft {
  readonly rooms: number;
  readonly participants: number;
}
