/** Counters since the server was created; `connections` and `inFlight` are of now. */
export interface SpoeStats {
  connections: number;
  /** NOTIFYs a handler is at work on. */
  inFlight: number;
  connectionsTotal: number;
  healthchecks: number;
  notifies: number;
  /** ACKs sent, with or without actions. */
  acks: number;
  handlerFailures: number;
  handlerTimeouts: number;
  /** Connections that ended by a protocol error or a passed time limit of the peer. */
  peerErrors: number;
}

/** All zero. */
export function createStats(): SpoeStats {
  return {
    connections: 0,
    inFlight: 0,
    connectionsTotal: 0,
    healthchecks: 0,
    notifies: 0,
    acks: 0,
    handlerFailures: 0,
    handlerTimeouts: 0,
    peerErrors: 0,
  };
}
