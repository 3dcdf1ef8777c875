import { changeMaps, desiredContent } from './change-maps.ts';
import { copyMaps } from './copy.ts';
import type { Rules } from './rules.ts';
import { type Shard, shardOf } from './shards.ts';
import { ack } from './table/operations.ts';
import { type ProxyState, reaches, type World } from './world.ts';

/** The agent takes the feed's next event: files, then maps, then sessions, then the acknowledgement. */
export function applyFeed(world: World, agent: number, rules: Rules): void {
  const proxy = world.proxies[agent];
  const event = proxy?.unread.shift();
  if (!proxy || !event) return;
  keepOldWorkerBehind(world, agent);
  if (!rules.filesFirst) proxy.files ??= copyMaps(proxy.memory);
  changeMaps(proxy.memory, event, rules);
  if (event.type === 'out' && rules.sessionsShutBeforeAck) shutSessions(world, agent, event.shard);
  ackWhatIsOpen(world, agent, rules);
}

/** The agent reads the whole table and makes it all that its proxy's maps hold. */
export function resync(world: World, agent: number, rules: Rules): void {
  const proxy = world.proxies[agent];
  if (!proxy) return;
  keepOldWorkerBehind(world, agent);
  proxy.memory = desiredContent(world);
  proxy.maps = null;
  proxy.files = null;
  proxy.unread = [];
  proxy.inStep = world.table.blessed;
  for (const { phase, shard } of world.table.operations) {
    if (phase === 'out' && shard) shutSessions(world, agent, shard);
  }
  ackWhatIsOpen(world, agent, rules);
}

/** The agent finds a new HAProxy process and tells it everything. */
export function carry(world: World, agent: number, rules: Rules): void {
  const proxy = world.proxies[agent];
  if (!proxy) return;
  proxy.maps = null;
  ackWhatIsOpen(world, agent, rules);
}

/** OldWorkers.push: what a reload left behind is told everything through the master socket. */
export function carryOldWorker(world: World, agent: number, rules: Rules): void {
  if (world.oldWorker) world.oldWorker.maps = null;
  ackWhatIsOpen(world, agent, rules);
}

/** Whoever sits on this shard by a session through this proxy is put out; Prosody does not notice at once. */
export function shutSessions(world: World, proxy: number, shard: Shard): void {
  const ghosts = [...world.prosodies[shard].ghosts];
  world.participants = world.participants.map((one) => {
    if (one.at === 'home' || one.proxy !== proxy) return one;
    if (one.at === 'routed' && shardOf(one.to) === shard) return { at: 'home' };
    if (one.at !== 'meeting' || one.shard !== shard) return one;
    ghosts[one.room] = true;
    return { at: 'home' };
  });
  world.prosodies[shard] = { ...world.prosodies[shard], ghosts };
}

/** Operations whose present phase the agent has heard of are acknowledged, if HAProxy carries the maps. */
function ackWhatIsOpen(world: World, agent: number, rules: Rules): void {
  const proxy = world.proxies[agent];
  if (!proxy?.inStep || !reaches(world, agent) || proxy.maps) return;
  if (rules.ackCoversOldWorkers && world.oldWorker?.proxy === agent && world.oldWorker.maps) return;
  for (const { id } of world.table.operations) if (hasTaken(proxy, id)) ack(world, id, agent);
}

function hasTaken(proxy: ProxyState, operation: string): boolean {
  return !proxy.unread.some((event) => 'operation' in event && event.operation === operation);
}

/** Its agent's memory is about to change, and it is told later. */
function keepOldWorkerBehind(world: World, agent: number): void {
  const { oldWorker } = world;
  const proxy = world.proxies[agent];
  if (proxy && oldWorker?.proxy === agent) oldWorker.maps ??= copyMaps(proxy.memory);
}
