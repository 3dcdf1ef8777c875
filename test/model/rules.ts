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
  /** No bucket is flipped while a shard goes out: what is on it is not known. */
  flipAwaitsOut: boolean;
  /** What a flip adopts is decided by a mirror that is not behind its census; off: by one that knows of the hold. */
  viewCoversCensus: boolean;
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
  /** An acknowledgement covers the workers that a reload left behind. */
  ackCoversOldWorkers: boolean;
  /** The map files are written before HAProxy is told and the agent acknowledges. */
  filesFirst: boolean;
  /** An agent that missed part of the feed reads the whole table. */
  resyncAfterGap: boolean;
  /** Every agent has acknowledged that a shard is out before its rooms may be claimed anew. */
  downNeedsAcks: boolean;
  /** An agent shuts a shard's sessions before it acknowledges that the shard is out. */
  sessionsShutBeforeAck: boolean;
  /** A room on a shard that goes out, and is not down yet, still sits there. */
  outStillHolds: boolean;
  /** A shard that was down returns under a name that was never used. */
  newIncarnation: boolean;
  /** A shard that was down returns only when its census is empty: sessions that were shut leave ghosts. */
  returnsEmpty: boolean;
  /** What was taken for destroyed without every agent's word is not started before they have given it. */
  goneStaysGone: boolean;
  /** A shard is removed only when drained: its bucket moved, its rooms ended by table and census. */
  removeNeedsDrain: boolean;
  /** A Redis that was restarted, emptied or failed over refuses claims until its table is rebuilt. */
  unblessedRefuses: boolean;
  /** Agents take nothing from a Redis that is not blessed. */
  agentsAwaitBlessing: boolean;
  /** A rebuild trusts nothing that survived in the table. */
  rebuildClears: boolean;
  /** Every agent has reported its maps before the blessing. */
  blessNeedsReports: boolean;
  /** A report is the last that an agent says: it changes no map until the blessing. */
  reportIsLast: boolean;
  /** Agents report what they answered within the last G too. */
  rebuildHearsAnswers: boolean;
  /** A rebuild places the rooms that censuses show. */
  rebuildReadsCensuses: boolean;
  /** Where an entry is `?`, the censuses begin G after the reports: who was routed by it shows nowhere else. */
  rebuildAwaitsTombstones: boolean;
  /** Where one proxy holds a bucket and another does not, the value not on hold is the preference. */
  releasedOverHeld: boolean;
}

/** The protocol as it is. */
export const allRules: Rules = {
  holdBeforeFlip: true,
  flipNeedsAcks: true,
  censusCoversHold: true,
  flipAdopts: true,
  flipAwaitsOut: true,
  viewCoversCensus: true,
  tombstone: true,
  deleteNeedsAcks: true,
  deleteNeedsCensus: true,
  deleteNeedsAbsence: true,
  deleteChecksState: true,
  entryForbidsFallback: true,
  bucketBeforeEntry: true,
  mapsBeforeAck: true,
  ackCoversOldWorkers: true,
  filesFirst: true,
  resyncAfterGap: true,
  downNeedsAcks: true,
  sessionsShutBeforeAck: true,
  outStillHolds: true,
  newIncarnation: true,
  returnsEmpty: true,
  goneStaysGone: true,
  removeNeedsDrain: true,
  unblessedRefuses: true,
  agentsAwaitBlessing: true,
  rebuildClears: true,
  blessNeedsReports: true,
  reportIsLast: true,
  rebuildHearsAnswers: true,
  rebuildReadsCensuses: true,
  rebuildAwaitsTombstones: true,
  releasedOverHeld: true,
};
