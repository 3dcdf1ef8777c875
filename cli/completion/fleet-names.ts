import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { readScale } from '../../orchestrator/scaling/rules/scale-file.ts';
import { readShards } from '../../shards/overlay/fleet-folder.ts';
import { folderWishes } from '../../shards/overlay/folder-wishes.ts';

/** The names, in the fleet of a half-typed command line, that can be an argument or option called `what`. */
export async function fleetNames(what: string, words: readonly string[]): Promise<string[]> {
  const folder = folderOf(words);
  try {
    if (what === 'shard') return (await readShards(folder)).map(({ name }) => name);
    if (what === 'proxy') return (await readFleet(folder)).proxies.map(({ name }) => name);
    if (what === 'schedule') return await ruleNames(folder, 'schedules');
    if (what === 'event') return await ruleNames(folder, 'events');
    return [];
  } catch {
    // A fleet file that is wrong is told by the command itself, not in the middle of its line.
    return [];
  }
}

/** Of those that can be taken back: they stand in `scale.yaml`. */
async function ruleNames(folder: string, kind: 'schedules' | 'events'): Promise<string[]> {
  const { settings } = await readScale(folderWishes(folder));
  const names = Object.values(settings).flatMap((section) => (section[kind] ?? []).map(({ name }) => name));
  return [...new Set(names)];
}

function folderOf(words: readonly string[]): string {
  const flag = words.indexOf('--fleet');
  const joined = words.find((word) => word.startsWith('--fleet='))?.slice('--fleet='.length);
  const named = flag === -1 ? joined : words[flag + 1];
  return named ?? process.env.USHER_FLEET ?? 'kustomize/overlays/local';
}
