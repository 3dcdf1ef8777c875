/** What one peer may take of the agent. Times in milliseconds. */
export interface SpoeLimits {
  /** Time for a handler to answer; then the ACK goes without actions. Use HAProxy's `timeout processing`. */
  handleTimeoutMs: number;
  /** Bytes of a frame, as HAProxy's `tune.bufsize` less 4; the HELLO agrees on the lower of both sides. */
  maxFrameSize: number;
  /** NOTIFYs under way on one connection; further ones stay unread in the socket. */
  maxInFlight: number;
  /** Connections at once; further ones are closed. HAProxy 2.6 opens hundreds in a burst of first joins. */
  maxConnections: number;
  /** From connecting to a whole HELLO. */
  helloTimeoutMs: number;
  /** From a frame's first bytes to its last. */
  frameTimeoutMs: number;
  /** For the peer to take answers once the socket's buffer is full. */
  outputTimeoutMs: number;
  /** Without a frame; longer than any `timeout server` of HAProxy's SPOE backend, which should come first. */
  idleTimeoutMs: number;
  /** For the peer to close its side after an AGENT-DISCONNECT. */
  lingerMs: number;
}

/** 16380 and 100 ms are HAProxy's default buffer and the `timeout processing` of our spoe.conf. */
export const defaultLimits: SpoeLimits = {
  handleTimeoutMs: 100,
  maxFrameSize: 16_380,
  maxInFlight: 256,
  maxConnections: 4096,
  helloTimeoutMs: 5_000,
  frameTimeoutMs: 5_000,
  outputTimeoutMs: 5_000,
  idleTimeoutMs: 600_000,
  lingerMs: 1_000,
};
