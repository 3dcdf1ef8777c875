import { splitHostPort } from '../config/address.ts';
import type { MapName } from '../maps/map-change.ts';
import { mapFile } from '../maps/map-file.ts';
import type { ProxyMaps } from '../maps/proxy-maps.ts';
import type { RuntimeClient } from '../runtime/client.ts';
import { readInfo } from '../runtime/info.ts';
import { readEntries } from '../runtime/map-read.ts';
import { listProcesses } from '../runtime/processes.ts';
import { listServers } from '../runtime/servers.ts';
import type { Claims } from './claims.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import { desiredServers, type KnownServer } from './plan-servers.ts';
import type { ProxyKeeper } from './proxy-keeper.ts';
import { shardsBackend } from './proxy-servers.ts';
import { digestRooms, roomsOfBuckets } from './room-digests.ts';
import type { AgentDigests, AgentEntries, AgentRooms, AgentSessions, AgentStatus } from './status.ts';

/** Rooms in one answer. */
const maxRooms = 20_000;

/** The parts of an agent that its status tells of. */
export interface AgentParts {
  proxy: string;
  keeper: ProxyKeeper;
  maps: ProxyMaps;
  claims: Claims;
  files: ConfigurationFiles;
  runtime: RuntimeClient;
}

/** How agent and HAProxy are now; a HAProxy that does not answer is null. */
export async function reportStatus(parts: AgentParts): Promise<AgentStatus> {
  const info = await readInfo(parts.runtime).catch(() => undefined);
  const size = (map: MapName) => parts.maps.content(map).size;
  return {
    proxy: parts.proxy,
    inStep: parts.keeper.inStep,
    haproxy: info ? { pid: info.pid, version: `${info.version.major}.${info.version.minor}` } : null,
    entries: {
      rooms: size('rooms'),
      slots: size('slots'),
      buckets: size('buckets'),
      tenants: size('tenants'),
    },
    claims: { ...parts.claims.counts },
    reloads: parts.files.reloads,
  };
}

/** What the maps hold of a room and of its bucket (`pool/bucket`). */
export function reportEntries(maps: ProxyMaps, room: string, bucket: string): AgentEntries {
  const entry = maps.content('rooms').get(room) ?? null;
  const slot = entry === null ? null : (maps.content('slots').get(entry) ?? null);
  return { room: entry, bucket: maps.content('buckets').get(bucket) ?? null, slot };
}

/** What HAProxy holds of all rooms, by digests, read from HAProxy itself. Throws RuntimeError. */
export async function reportDigests(runtime: RuntimeClient, directory: string): Promise<AgentDigests> {
  const slots: string[] = [];
  for await (const [incarnation] of readEntries(runtime, mapFile(directory, 'slots')))
    slots.push(incarnation);
  return { ...(await digestRooms(readEntries(runtime, mapFile(directory, 'rooms')))), slots };
}

/** What HAProxy holds of the rooms of some buckets, read from HAProxy itself. Throws RuntimeError. */
export async function reportRooms(
  runtime: RuntimeClient,
  directory: string,
  buckets: ReadonlySet<number>,
): Promise<AgentRooms> {
  const entries = readEntries(runtime, mapFile(directory, 'rooms'));
  const { rooms, complete } = await roomsOfBuckets(entries, buckets, maxRooms);
  return { rooms: Object.fromEntries(rooms), complete };
}

/**
 * Sessions on each shard's server, in every worker: after a reload the old ones keep their websockets. Throws
 * RuntimeError.
 */
export async function reportSessions(master: RuntimeClient): Promise<AgentSessions> {
  const workers = (await listProcesses(master)).filter(({ role }) => role !== 'master');
  const found = await Promise.all(
    workers.map(({ pid }) => listServers(master.forWorker(pid), shardsBackend)),
  );
  const sessions: Record<string, number> = {};
  for (const server of found.flat()) {
    sessions[server.name] = (sessions[server.name] ?? 0) + server.sessions;
  }
  return { sessions };
}

/** HAProxy's servers of shards; while it does not answer, those that it must have as far as is known. */
export async function knownServers(runtime: RuntimeClient, keeper: ProxyKeeper): Promise<KnownServer[]> {
  try {
    const servers = await listServers(runtime, shardsBackend);
    return servers.map(({ name, id, address }) => ({ name, id, ...splitHostPort(address) }));
  } catch {
    return keeper.mirror ? desiredServers(keeper.mirror) : [];
  }
}
