/**
 * Every key that usher keeps in Redis, and what it holds. One hash tag per fleet, so that a Redis Cluster
 * keeps a fleet's table on one node and every command stays one atomic script.
 *
 * | key                    | type   | field -> value                                                        |
 * |------------------------|--------|-----------------------------------------------------------------------|
 * | usher:{F}:blessed      | string | id of the Redis whose table is whole (run-id.ts); every write checks it |
 * | usher:{F}:preferences  | hash   | `pool/bucket` -> shard name                                           |
 * | usher:{F}:moves        | hash   | `pool/bucket` -> `<hold or release> <operation> <target shard>`       |
 * | usher:{F}:rooms        | hash   | room key -> placement (see placement.ts)                              |
 * | usher:{F}:shards       | hash   | shard name -> JSON of shardRecord (see records.ts)                    |
 * | usher:{F}:tenants      | hash   | tenant -> pool; absent: `main`                                        |
 * | usher:{F}:operations   | hash   | operation id -> JSON of operationRecord                               |
 * | usher:{F}:feed         | stream | one entry an event (see events.ts), trimmed to about feedLength       |
 * | usher:{F}:agents       | hash   | agent name -> JSON of agentRecord, renewed every second               |
 * | usher:{F}:leader       | string | `<fencing token> <name> <API address>` of who leads; expires          |
 * | usher:{F}:rebuild      | string | run_id and fencing token of a rebuild of the table under way          |
 * | usher:{F}:audit        | stream | one entry a decision or an operator's command, bounded                |
 * | usher:{F}:lifetimes    | string | JSON of how long meetings last (orchestrator/scaling/lifetimes)       |
 * | usher:{F}:loads:S:D    | string | what shard S, or the shards of S = pool/region, carried on day D since the epoch (UTC): 288 steps of 17 bytes (step-bytes.ts); expires |
 * | usher:{F}:candidates   | zset   | API address of an orchestrator -> when it was last heard of, in ms    |
 * | usher:{F}:scaling      | hash   | shard name -> JSON of what its scaling has learned (orchestrator/scaling/control) |
 */
export const tableKeys = [
  'blessed',
  'preferences',
  'moves',
  'rooms',
  'shards',
  'tenants',
  'operations',
  'feed',
  'agents',
  'leader',
  'rebuild',
  'audit',
  'lifetimes',
  'loads',
  'candidates',
  'scaling',
] as const;

/** One of them. */
export type TableKey = (typeof tableKeys)[number];

/** The full name of one key of a fleet. `fleet` is a DNS label, so it cannot break out of the hash tag. */
export function redisKey(fleet: string, key: TableKey): string {
  return `usher:{${fleet}}:${key}`;
}

/** All keys in the order in which every Lua command takes them. */
export function redisKeys(fleet: string): string[] {
  return tableKeys.map((key) => redisKey(fleet, key));
}
