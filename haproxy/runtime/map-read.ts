import type { RuntimeClient } from './client.ts';

/** Key and value of one map entry. */
export type MapEntry = readonly [key: string, value: string];

/**
 * Every entry of a map's current version in HAProxy's order, read as a stream. A key may occur twice:
 * `add map` never replaces, and a look-up answers with the first. Throws RuntimeError.
 */
export async function* readEntries(client: RuntimeClient, file: string): AsyncGenerator<MapEntry> {
  const command = ['show', 'map', file];
  for await (const line of client.lines(command)) {
    if (line === '') continue;
    const [, key, value] = /^0x[0-9a-f]+ (\S+) (.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) throw client.failed('refused', [command], line);
    yield [key, value];
  }
}

/** The value HAProxy looks up for `key`; undefined when it has none. Throws RuntimeError. */
export async function readEntry(
  client: RuntimeClient,
  file: string,
  key: string,
): Promise<string | undefined> {
  const command = ['get', 'map', file, key];
  const answer = await client.ask([command]);
  if (/, found=no\b/.test(answer)) return undefined;
  const [, foundKey, value] = /, key="(.*?)", value="(.*?)", type=/.exec(answer) ?? [];
  if (value === undefined) throw client.failed('refused', [command], answer);
  // HAProxy has been seen to answer for another key.
  if (foundKey !== key) throw client.failed('unanswered', [command], `the answer is for ${foundKey}`);
  return value;
}
