/** The protections of protocol.md that can be switched off to see what each is for. */
export interface Rules {
  /** A bucket is held before it prefers another shard; off: it flips in one step. */
  holdBeforeFlip: boolean;
  /** Every agent has acknowledged the hold before the flip. */
  flipNeedsAcks: boolean;
  /** A census covers the hold (everybody routed before has arrived) before the flip. */
  censusCoversHold: boolean;
  /** The flip places the rooms that the census shows and the table does not know. */
  flipAdopts: boolean;
  /** A retiring room's entry becomes `?`; off: it is dropped at once. */
  tombstone: boolean;
  /** Every agent has acknowledged the tombstone before the placement is deleted. */
  deleteNeedsAcks: boolean;
  /** Censuses covered the tombstone before the placement is deleted. */
  deleteNeedsCensus: boolean;
  /** Those censuses did not show the room; off: that they were read is enough. */
  deleteNeedsAbsence: boolean;
  /** Only what is still retiring under this operation is deleted. */
  deleteChecksState: boolean;
  /** An entry that does not resolve is never overruled by the bucket. */
  entryForbidsFallback: boolean;
  /** The fallback reads the bucket before it looks for the entry again. */
  bucketBeforeEntry: boolean;
  /** An agent acknowledges what its proxy's maps carry; off: what it has heard. */
  mapsBeforeAck: boolean;
  /** The map files are written before HAProxy is told and the agent acknowledges. */
  filesFirst: boolean;
  /** An agent that missed part of the feed reads the whole table. */
  resyncAfterGap: boolean;
}

/** The protocol as it is. */
export const allRules: Rules = {
  holdBeforeFlip: true,
  flipNeedsAcks: true,
  censusCoversHold: true,
  flipAdopts: true,
  tombstone: true,
  deleteNeedsAcks: true,
  deleteNeedsCensus: true,
  deleteNeedsAbsence: true,
  deleteChecksState: true,
  entryForbidsFallback: true,
  bucketBeforeEntry: true,
  mapsBeforeAck: true,
  filesFirst: true,
  resyncAfterGap: true,
};

/** What may go wrong, once in a run. */
export const faults = [
  'none',
  'agent-dies',
  'agent-cut',
  'feed-trimmed',
  'proxy-restarts-with-files',
  'proxy-restarts-empty',
  'redis-down',
  'orchestrator-stops',
] as const;

/** One of `faults`. */
export type Fault = (typeof faults)[number];
