/** A driver on whose platform something else than the orchestrator may end bridges, and can be told which first. */
export interface BridgeRanking {
  /**
   * Has those with the fewest people end first. It may be called at every look: it writes only what has changed
   * enough, and nothing where the orchestrator alone ends bridges.
   *
   * @param people on each bridge, by its name; one that is left out stays as it is
   * @throws UsherError when it can't be written
   */
  rankBridges(shard: string, people: ReadonlyMap<string, number>, signal: AbortSignal): Promise<void>;
}
