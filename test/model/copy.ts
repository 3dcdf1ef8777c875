import type { Maps, World } from './world.ts';

/** A copy of maps that can be changed. */
export function copyMaps(maps: Maps): Maps {
  return { rooms: [...maps.rooms], bucket: maps.bucket };
}

/** A copy that a step may change. Participants and feed events are never changed, only replaced. */
export function copyWorld(world: World): World {
  return {
    ...world,
    table: {
      ...world.table,
      placements: world.table.placements.map((placement) => placement && { ...placement }),
      operations: world.table.operations.map((operation) => ({
        ...operation,
        acks: [...operation.acks],
        shown: [...operation.shown],
      })),
    },
    proxies: world.proxies.map((proxy) => ({
      ...proxy,
      unread: [...proxy.unread],
      memory: copyMaps(proxy.memory),
      maps: proxy.maps && copyMaps(proxy.maps),
      files: proxy.files && copyMaps(proxy.files),
    })),
    participants: [...world.participants],
    lateClaims: [...world.lateClaims],
  };
}
