/** A shard as the orchestrator sees it, for those who look at the platform and not at usher. */
export interface ShardStatus {
  /** One word, as in `provisioning`, `ready`, `degraded`, `down`, `draining`, `removed`. */
  readonly state: string;
  /** Why, in a sentence. */
  readonly reason: string;
  /** Undefined: not known, which shows nothing rather than 0. */
  readonly rooms: number | undefined;
  readonly participants: number | undefined;
}

/** A driver whose platform has a place for a shard's status. */
export interface ShardStatusSink {
  /**
   * Shows the status where the platform's own tools see it. It may be called at every look: it writes only what has
   * changed, a new state at once and numbers every few seconds.
   *
   * @throws UsherError when it can't be written; nothing depends on it
   */
  writeStatus(shard: string, status: ShardStatus, signal: AbortSignal): Promise<void>;
}

/** A platform that has a place for what concerns the whole fleet. */
export interface FleetEventSink {
  /**
   * Says there that something has happened which somebody should look at.
   *
   * @param reason one word in CamelCase, by which such events are found
   * @throws UsherError when it can't be written; nothing depends on it
   */
  warn(reason: string, message: string, signal: AbortSignal): Promise<void>;
}
