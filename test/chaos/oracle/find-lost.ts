/** A live room that the table does not have where its clients are. */
export interface LostRoom {
  readonly room: string;
  /** Where its clients are. */
  readonly shard: string;
  /** Where the table has it; undefined: nowhere. */
  readonly table: string | undefined;
}

/** Rooms (-> shard) that live, and that the table (room -> shard) does not have there. */
export function findLost(live: ReadonlyMap<string, string>, table: ReadonlyMap<string, string>): LostRoom[] {
  return [...live].flatMap(([room, shard]) => {
    const found = table.get(room);
    return found === shard ? [] : { room, shard, table: found };
  });
}
