import { copyMaps } from './copy.ts';
import type { Rules } from './rules.ts';
import { ack } from './table/operations.ts';
import { type FeedEvent, type Maps, mapsOf, type ProxyState, reaches, type World } from './world.ts';

/** The agent takes the feed's next event: files, then maps, then the acknowledgement. */
export function applyFeed(world: World, agent: number, rules: Rules): void {
  const proxy = world.proxies[agent];
  const event = proxy?.unread.shift();
  if (!proxy || !event) return;
  if (!rules.filesFirst) proxy.files ??= copyMaps(proxy.memory);
  changeMaps(proxy.memory, event, rules);
  ackWhatIsOpen(world, agent);
}

/** The agent reads the whole table and makes it all that its proxy's maps hold. */
export function resync(world: World, agent: number): void {
  const proxy = world.proxies[agent];
  if (!proxy) return;
  proxy.memory = desiredContent(world);
  proxy.maps = null;
  proxy.files = null;
  proxy.unread = [];
  proxy.inStep = true;
  ackWhatIsOpen(world, agent);
}

/** The agent finds a new HAProxy process and tells it everything. */
export function carry(world: World, agent: number): void {
  const proxy = world.proxies[agent];
  if (!proxy) return;
  proxy.maps = null;
  ackWhatIsOpen(world, agent);
}

/** Operations whose present phase the agent has heard of are acknowledged, if HAProxy carries the maps. */
function ackWhatIsOpen(world: World, agent: number): void {
  const proxy = world.proxies[agent];
  if (!proxy || !reaches(world, agent) || mapsOf(proxy) !== proxy.memory) return;
  for (const { id } of world.table.operations) if (hasTaken(proxy, id)) ack(world, id, agent);
}

function hasTaken(proxy: ProxyState, operation: string): boolean {
  return !proxy.unread.some((event) => 'operation' in event && event.operation === operation);
}

function changeMaps(maps: Maps, event: FeedEvent, rules: Rules): void {
  switch (event.type) {
    case 'seat':
      maps.rooms[event.room] = event.shard;
      return;
    case 'tombstone':
      maps.rooms[event.room] = rules.tombstone ? '?' : null;
      return;
    case 'deleted':
      maps.rooms[event.room] = null;
      return;
    case 'hold':
      if (maps.bucket === 'a' || maps.bucket === 'b') maps.bucket = `!${maps.bucket}`;
      return;
    case 'prefer':
      maps.bucket = event.shard;
      return;
    default:
      event satisfies never;
  }
}

/** desired-maps.ts: what the maps must hold by the table. */
function desiredContent({ table }: World): Maps {
  const held = table.operations.some(({ phase }) => phase === 'hold');
  return {
    rooms: table.placements.map((placement) =>
      placement?.state === 'retiring' ? '?' : (placement?.shard ?? null),
    ),
    bucket: held ? `!${table.preference}` : table.preference,
  };
}
