import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UsageError } from '../../common/errors.ts';
import { label, type ShardSpec } from '../spec/schema.ts';
import { failure, parseWith } from './findings.ts';
import { type Overlay, parseOverlay } from './overlay.ts';
import { fleetList } from './schema.ts';
import { parseYaml, placeOf, type YamlSource } from './yaml-source.ts';

/** A fleet's folder: its list of shards, and each shard's overlay in the list's order. */
export interface FleetFolder {
  readonly path: string;
  readonly list: YamlSource;
  /** The list's entries as written, those that are not shards too. */
  readonly resources: readonly string[];
  readonly overlays: readonly Overlay[];
}

/** The name of the shard that an entry of the list stands for; undefined for what is no shard. */
export function shardOfEntry(entry: string): string | undefined {
  return /^(?:\.\/)?shards\/([^/]+)\/?$/.exec(entry)?.[1];
}

/** The folder of the shard `name` in the fleet's folder `path`. */
export function shardFolder(path: string, name: string): string {
  return join(path, 'shards', name);
}

/** The overlay of the shard `name`; a UsageError if there is no such shard. */
export function overlayOf({ overlays, list }: FleetFolder, name: string): Overlay {
  const overlay = overlays.find((candidate) => candidate.spec.name === name);
  if (overlay) return overlay;
  const known = overlays.map((candidate) => candidate.spec.name).join(', ') || 'none';
  throw new UsageError(`there is no shard ${name} in ${list.file}; its shards: ${known}`);
}

/** The shards of the fleet's folder `path`, in the list's order; a UsageError says all that is wrong there. */
export async function readShards(path: string): Promise<ShardSpec[]> {
  return (await readFleetFolder(path)).overlays.map((overlay) => overlay.spec);
}

const summary = 'the list of shards and the folders under shards/ do not agree:';

/** Reads the list of the fleet's folder `path`, whatever the overlays are; throws as `readFleetFolder` does. */
export async function readFleetList(path: string): Promise<Pick<FleetFolder, 'list' | 'resources'>> {
  const file = join(path, 'kustomization.yaml');
  const list = parseYaml(file, await readText(file, `a fleet's folder holds the list of its shards there`));
  return { list, resources: parseWith(fleetList, list, summary).resources ?? [] };
}

/** Reads the fleet's folder `path`: list and overlays must agree, or a UsageError says where they do not. */
export async function readFleetFolder(path: string): Promise<FleetFolder> {
  const { list, resources } = await readFleetList(path);
  const { file } = list;
  const onDisk = await foldersWithOverlay(path);
  const findings = listFindings(list, resources, onDisk);
  const listed = new Set(resources.map(shardOfEntry));
  for (const name of onDisk) {
    if (listed.has(name)) continue;
    const overlay = join(shardFolder(path, name), 'kustomization.yaml');
    findings.push(`${overlay}:1:1: not listed; add "- shards/${name}" to resources in ${file}, or delete it`);
  }
  if (findings.length > 0) throw failure(summary, findings);

  const overlays = [];
  for (const name of resources.map(shardOfEntry)) {
    if (name === undefined) continue;
    const overlay = join(shardFolder(path, name), 'kustomization.yaml');
    overlays.push(parseOverlay(name, overlay, await readText(overlay, 'it is in the list of shards')));
  }
  return { path, list, resources, overlays };
}

function listFindings(list: YamlSource, resources: readonly string[], onDisk: readonly string[]): string[] {
  const findings: string[] = [];
  const first = new Map<string, string>();
  for (const [index, entry] of resources.entries()) {
    const name = shardOfEntry(entry);
    if (name === undefined) continue;
    const place = placeOf(list, ['resources', index]);
    const earlier = first.get(name);
    const wrong = label.safeParse(name).error?.issues[0]?.message;
    if (wrong) findings.push(`${place}: a shard's name has ${wrong}; found "${name}"`);
    else if (earlier) findings.push(`${place}: "${entry}" stands twice, first at ${earlier}`);
    else if (!onDisk.includes(name)) {
      findings.push(`${place}: "${entry}" is listed, but there is no ${join(entry, 'kustomization.yaml')}`);
    }
    first.set(name, earlier ?? place);
  }
  return findings;
}

async function foldersWithOverlay(path: string): Promise<string[]> {
  const found = await readdir(join(path, 'shards'), { recursive: false, withFileTypes: true }).catch(
    () => [],
  );
  const names = [];
  for (const entry of found) {
    if (!entry.isDirectory()) continue;
    const files = await readdir(join(path, 'shards', entry.name));
    if (files.includes('kustomization.yaml')) names.push(entry.name);
  }
  return names.sort();
}

async function readText(file: string, why: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`can't read ${file}: ${messageOf(error)} (${why})`, { cause: error });
  }
}
