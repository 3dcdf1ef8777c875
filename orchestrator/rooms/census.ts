/** What a shard itself says is live, as one reading. */
export interface CensusReading {
  /** When the reading began, in milliseconds since the epoch by the orchestrator's clock. */
  begunAt: number;
  /** Room key -> participants, without the focus. */
  rooms: ReadonlyMap<string, number>;
}

/** The last reading of each shard's present incarnation; a shard that gave none is missing. */
export type Censuses = ReadonlyMap<string, CensusReading>;

/** Has every shard in `incarnations` been read by a census that began at `from` or later? */
export function coveredSince(censuses: Censuses, incarnations: Iterable<string>, from: number): boolean {
  for (const incarnation of incarnations) {
    const reading = censuses.get(incarnation);
    if (!reading || reading.begunAt < from) return false;
  }
  return true;
}
