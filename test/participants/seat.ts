/** What one participant saw of one stay in its meeting. Times in milliseconds since the epoch. */
export interface Seat {
  readonly participant: string;
  /** The shard's name by its XMPP identity. */
  readonly shard: string;
  /** `first`: joined when the room was new; `warm`: the meeting was under way; `rejoin`: after a lost connection. */
  readonly kind: 'first' | 'warm' | 'rejoin';
  /** Begin of the attempt that succeeded. */
  readonly startedAt: number;
  readonly joinedAt: number;
  /** From the begin of the first attempt until joined. */
  readonly joinMs: number;
  /** Length of the first routed HTTP request of the attempt that succeeded. */
  readonly firstRequestMs: number;
  readonly end?: SeatEnd;
}

/** How a stay ended. */
export interface SeatEnd {
  readonly at: number;
  /**
   * `left`: by the participant's will; `connection`: its connection to the proxy failed, and the session with it;
   * `session`: the server ended or forgot the session, while the proxy answered.
   */
  readonly by: 'left' | 'connection' | 'session';
}
