import type { FeedEvent } from './feed-event.ts';
import type { Operation, Placement, Table } from './table/table.ts';
import type { Maps, Participant, ProxyState, World } from './world.ts';

/** Equal for worlds that differ only in which proxy, which participant or which room is which. */
export function keyOf(world: World): string {
  let first: string | undefined;
  for (const rooms of world.lateClaims.length === 2 ? bothWays : oneRoom) {
    for (const proxies of bothWays) {
      const text = textOf(world, { proxies, rooms });
      if (first === undefined || text < first) first = text;
    }
  }
  return first ?? '';
}

/** Present numbers in the order in which the text lists them. Swaps only, so each is its own inverse. */
interface Order {
  proxies: readonly number[];
  rooms: readonly number[];
}

const bothWays = [
  [0, 1],
  [1, 0],
] as const;
const oneRoom = [[0]] as const;

function textOf(world: World, order: Order): string {
  const { table, proxies, oldWorker, prosodies, outOfReach, view, replica, rebuild } = world;
  let text = `${world.movesLeft}${world.pinsLeft}${world.retirementsLeft}${world.removalsLeft}${world.faultsLeft}`;
  text += tableText(table, order);
  for (const index of order.proxies) text += proxyText(proxies[index], order);
  text += world.participants
    .map((one) => participantText(one, order))
    .sort()
    .join('');
  text += inOrder(world.lateClaims, order.rooms);
  if (prosodies.a !== prosodies.b) {
    for (const { state, ghosts } of [prosodies.a, prosodies.b])
      text += `${state}${inOrder(ghosts, order.rooms)}`;
  }
  if (world.looksDown) text += `L${world.looksDown}`;
  if (outOfReach) text += `R${order.proxies[outOfReach.proxy]}${outOfReach.shard}`;
  if (oldWorker) text += `O${order.proxies[oldWorker.proxy]}${mapsText(oldWorker.maps, order)}`;
  if (view) {
    text += 'V';
    for (const room of order.rooms) text += placementText(view.placements[room]);
    for (const { id, phase } of view.operations) text += id + phase;
  }
  if (replica) text += `P${tableText(replica, order)}`;
  if (rebuild) {
    text += `B${inOrder(rebuild.reported, order.proxies)}${rebuild.buckets.join()}`;
    text += inOrder(rebuild.entries, order.rooms) + inOrder(rebuild.answers, order.rooms);
    if (rebuild.shown) text += inOrder(rebuild.shown, order.rooms);
  }
  return text;
}

function tableText({ up, blessed, preference, placements, operations, shards }: Table, order: Order): string {
  let text = `${up ? 'u' : 'd'}${blessed ? 'b' : 'n'}${preference}`;
  for (const room of order.rooms) text += placementText(placements[room]);
  for (const operation of operations) text += operationText(operation, order);
  for (const { incarnation, admitted, observed, removed } of [shards.a, shards.b]) {
    text += `${incarnation}${admitted ? observed : removed ? 'removed' : 'out'}${observed}`;
  }
  return text;
}

function placementText(placement: Placement | null | undefined): string {
  return placement ? `${placement.shard}${placement.state}${placement.operation}|` : '-';
}

function operationText({ id, phase, acks, shard, pin, covered, shown }: Operation, order: Order): string {
  const room = pin === null ? '' : order.rooms[pin];
  return `(${id}${phase}${shard}${room}${covered}${inOrder(acks, order.proxies)}${inOrder(shown, order.rooms)})`;
}

function proxyText(proxy: ProxyState | undefined, order: Order): string {
  if (!proxy) return '';
  let text = `[${proxy.agent}${proxy.inStep}${mapsText(proxy.memory, order)}`;
  if (proxy.maps) text += `M${mapsText(proxy.maps, order)}`;
  if (proxy.files) text += `F${mapsText(proxy.files, order)}`;
  for (const event of proxy.unread) text += eventText(event, order);
  return `${text}]`;
}

function mapsText(maps: Maps | null, order: Order): string {
  return maps ? `${inOrder(maps.rooms, order.rooms)}${maps.bucket}${maps.slots.a}${maps.slots.b}` : '=';
}

function eventText(event: FeedEvent, { rooms }: Order): string {
  const room = 'room' in event ? rooms[event.room] : '';
  return `${event.type}${room}${'shard' in event ? event.shard : ''}${'operation' in event ? event.operation : ''};`;
}

function participantText(one: Participant, { proxies, rooms }: Order): string {
  if (one.at === 'home') return 'h';
  const proxy = one.proxy === null ? '' : (proxies[one.proxy] ?? one.proxy);
  const rest = goalOf(one);
  return `${one.at}${rooms[one.room]}${proxy}${rest};`;
}

function goalOf(one: Exclude<Participant, { at: 'home' }>): string | null {
  switch (one.at) {
    case 'asking':
      return one.answer;
    case 'routed':
      return one.to;
    case 'falling':
      return one.bucket;
    default:
      return one.shard;
  }
}

function inOrder(values: readonly unknown[], order: readonly number[]): string {
  let text = '';
  for (const index of order) text += `${values[index]},`;
  return text;
}
