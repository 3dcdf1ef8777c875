import type { RuntimeClient } from './client.ts';
import { type ProcessInfo, parseInfo } from './info.ts';

/** A map as HAProxy lists it. */
export interface MapStatus {
  /** The file as the configuration names it: the map's identifier. */
  file: string;
  /** Entries of all versions, those of a prepared one included. */
  entries: number;
}

/** The worker that answered and its maps, read over one connection so that they belong together. */
export interface RuntimeStatus {
  info: ProcessInfo;
  /** By file. */
  maps: ReadonlyMap<string, MapStatus>;
}

/** The worker's pid and all its maps' entry counts at once. Throws RuntimeError. */
export async function readStatus(client: RuntimeClient): Promise<RuntimeStatus> {
  const commands = [
    ['show', 'info'],
    ['show', 'map'],
  ];
  const answer = await client.ask(commands);
  const info = parseInfo(answer);
  if (info === undefined) throw client.failed('refused', commands, answer);
  return { info, maps: new Map(parseMapList(answer).map((map) => [map.file, map])) };
}

function parseMapList(answer: string): MapStatus[] {
  const line = /^-?\d+ \((?<file>[^)]+)\) .*entry_cnt=(?<entries>\d+)$/gm;
  return [...answer.matchAll(line)].map((match) => ({
    file: match.groups?.file ?? '',
    entries: Number(match.groups?.entries),
  }));
}
