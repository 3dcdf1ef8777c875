import type { RuntimeClient } from './client.ts';
import type { MapEntry } from './map-read.ts';
import { addEntries } from './map-write.ts';

/** HAProxy keeps prepared versions apart but commits drop all that are older: one at a time per map. */
const preparing = new WeakMap<RuntimeClient, Set<string>>();

/**
 * Replaces a whole map in one step: look-ups see the old content until the commit, the new one after.
 * What an earlier, broken-off replacement left behind goes with it. Throws RuntimeError, also when this
 * client is already replacing that map.
 */
export async function replaceEntries(
  client: RuntimeClient,
  file: string,
  entries: Iterable<MapEntry>,
): Promise<void> {
  const prepare = ['prepare', 'map', file];
  const busy = preparing.get(client) ?? new Set();
  preparing.set(client, busy);
  if (busy.has(file)) throw client.failed('invalid', [prepare], 'this map is being replaced already');
  busy.add(file);
  try {
    const answer = await client.ask([prepare]);
    const number = /^New version created: (\d+)$/m.exec(answer)?.[1];
    if (number === undefined) throw client.failed('refused', [prepare], answer);
    const version = `@${number}`;
    await addEntries(client, file, entries, version);
    await client.run([['commit', 'map', version, file]]);
  } finally {
    busy.delete(file);
  }
}
