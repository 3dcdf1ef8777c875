import type { Table } from './table/table.ts';
import type { Maps, World } from './world.ts';

/** A copy of maps that can be changed. */
export function copyMaps(maps: Maps): Maps {
  return { rooms: [...maps.rooms], bucket: maps.bucket, slots: { ...maps.slots } };
}

/** A copy of a table that can be changed. Placements and shards' records are never changed, only replaced. */
export function copyTable(table: Table): Table {
  return {
    ...table,
    placements: [...table.placements],
    operations: table.operations.map((operation) => ({ ...operation, acks: [...operation.acks] })),
    shards: { ...table.shards },
  };
}

/** A copy that a step may change. What else there is, participants and feed events too, is only ever replaced. */
export function copyWorld(world: World): World {
  return {
    ...world,
    table: copyTable(world.table),
    proxies: world.proxies.map((proxy) => ({
      ...proxy,
      unread: [...proxy.unread],
      memory: copyMaps(proxy.memory),
    })),
    oldWorker: world.oldWorker && { ...world.oldWorker },
    participants: [...world.participants],
    prosodies: { ...world.prosodies },
    lateClaims: [...world.lateClaims],
  };
}
