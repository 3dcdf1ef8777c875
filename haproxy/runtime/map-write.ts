import type { RuntimeClient } from './client.ts';
import type { MapEntry } from './map-read.ts';
import { type Command, groupsWithin } from './request.ts';

/** More lines a payload gain nothing and hold HAProxy's thread longer (docs/decisions/0001). */
const linesPerPayload = 400;

/**
 * Adds entries by payloads. An entry whose key is there already is added behind the first and never
 * found: add only what is missing. Count the entries afterwards (`readStatus`). Throws RuntimeError.
 */
export async function addEntries(
  client: RuntimeClient,
  file: string,
  entries: Iterable<MapEntry>,
  version?: string,
): Promise<void> {
  const command = version === undefined ? ['add', 'map', file] : ['add', 'map', version, file];
  const room = client.maxBytes - client.addressBytes - command.join(' ').length * 2 - ' <<\n\n'.length;
  for (const group of groupsWithin(entries, ([key, value]) => key.length + 1 + value.length, room)) {
    for (let from = 0; from < group.length; from += linesPerPayload) {
      const lines = group.slice(from, from + linesPerPayload).map(([key, value]) => `${key} ${value}`);
      await client.run([command], lines);
    }
  }
}

/** Changes entries that are there; a missing key is refused. Linear in the map before HAProxy 2.9. Throws RuntimeError. */
export async function setEntries(
  client: RuntimeClient,
  file: string,
  entries: Iterable<MapEntry>,
): Promise<void> {
  await runGrouped(client, entries, ([key, value]) => ['set', 'map', file, key, value]);
}

/** Deletes entries that are there; a missing key is refused. Linear in the map before HAProxy 2.9. Throws RuntimeError. */
export async function deleteEntries(
  client: RuntimeClient,
  file: string,
  keys: Iterable<string>,
): Promise<void> {
  await runGrouped(client, keys, (key) => ['del', 'map', file, key]);
}

async function runGrouped<T>(
  client: RuntimeClient,
  items: Iterable<T>,
  toCommand: (item: T) => Command,
): Promise<void> {
  const commands = Array.from(items, toCommand);
  // Twice the length bounds what escaping can add.
  const length = (words: Command) => client.addressBytes + words.join(' ').length * 2;
  for (const group of groupsWithin(commands, length, client.maxBytes)) {
    await client.run(group);
  }
}
