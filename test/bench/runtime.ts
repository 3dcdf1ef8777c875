import { type MapEntry, readEntry } from '../../haproxy/runtime/map-read.ts';
import { replaceEntries } from '../../haproxy/runtime/map-replace.ts';
import { readStatus } from '../../haproxy/runtime/map-status.ts';
import { addEntries, setEntries } from '../../haproxy/runtime/map-write.ts';
import { RealHaproxy } from '../../haproxy/runtime/testing/real-haproxy.ts';
import { interactiveAdder } from './runtime-interactive.ts';
import { loadSdk, type SdkClient } from './runtime-sdk.ts';

/** Map entries per second, medians over the rounds. */
interface Rates {
  usherAdd: number;
  /** Payloads of the same size over one connection that is kept open. */
  interactiveAdd: number;
  usherSet: number;
  usherReplace: number;
  sdkAdd: number | undefined;
  sdkSet: number | undefined;
}

/** What `bench runtime` prints. */
export interface RuntimeBench {
  haproxy: string;
  rounds: number;
  entries: number;
  sdkEntries: number;
  entriesPerSecond: Rates;
  /** The slowest look-up while a map of `entries` is replaced, milliseconds. */
  slowestLookupDuringReplaceMs: number;
  /** Whether a key with a space and a semicolon arrived as one key. */
  escapes: { usher: boolean; sdk: boolean | undefined };
  /** Why there is no comparison. */
  sdkMissing?: string;
}

const rounds = 5;
const entries = 50_000;
const sdkEntries = 1_000;
const setCount = 200;
const nastyKey = 'a b;c';

/**
 * Our runtime client against the npm package haproxy-sdk (when USHER_HAPROXY_SDK names a directory that
 * has it), in turns on one HAProxy. Without `json` it prints a few lines; the result is the JSON document.
 */
export async function runtimeBench(options: { json: boolean }): Promise<RuntimeBench> {
  await using haproxy = await RealHaproxy.start();
  const sdk = await loadSdk(haproxy.client.address);
  const result = await measure(haproxy, typeof sdk === 'string' ? undefined : sdk);
  if (typeof sdk === 'string') result.sdkMissing = sdk;
  if (!options.json) process.stdout.write(describeResult(result));
  return result;
}

function describeResult({ haproxy, entriesPerSecond: rates, ...rest }: RuntimeBench): string {
  const sdk = rest.sdkMissing ?? `add ${rates.sdkAdd}/s, set ${rates.sdkSet}/s`;
  return `HAProxy ${haproxy}, map entries, median of ${rest.rounds} rounds in turns
  usher        add ${rates.usherAdd}/s, set ${rates.usherSet}/s, replace ${rates.usherReplace}/s
  interactive  add ${rates.interactiveAdd}/s
  haproxy-sdk  ${sdk}
  slowest look-up while ${rest.entries} entries are replaced: ${rest.slowestLookupDuringReplaceMs} ms
`;
}

/** `count` entries of rooms.map with keys as long as real ones. */
function listEntries(count: number): MapEntry[] {
  return Array.from({ length: count }, (_, index) => [`tenant/room-with-a-name-${index}`, 'eu-1.7']);
}

async function measure(haproxy: RealHaproxy, sdk: SdkClient | undefined): Promise<RuntimeBench> {
  const file = haproxy.mapFile('rooms');
  const all = listEntries(entries);
  const some = all.slice(0, sdkEntries);
  const set = all.slice(0, setCount);
  const samples = new Map<keyof Rates, number[]>();
  let slowest = 0;
  const take = async (name: keyof Rates, count: number, work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    const list = samples.get(name) ?? [];
    samples.set(name, [...list, (count * 1_000) / (performance.now() - began)]);
  };
  const clear = () => haproxy.client.run([['clear', 'map', file]]);

  for (let round = 0; round < rounds; round += 1) {
    await clear();
    await take('interactiveAdd', entries, () => interactiveAdder(haproxy.client.address, file, all));
    await clear();
    await take('usherAdd', entries, () => addEntries(haproxy.client, file, all));
    const watch = watchLookups(haproxy);
    await take('usherReplace', entries, () => replaceEntries(haproxy.client, file, all));
    slowest = Math.max(slowest, await watch());
    await replaceEntries(haproxy.client, file, some);
    await take('usherSet', setCount, () => setEntries(haproxy.client, file, set));
    if (sdk === undefined) continue;
    await take('sdkSet', setCount, () => inTurn(set, ([key, value]) => sdk.setMap(file, key, value)));
    await clear();
    await take('sdkAdd', sdkEntries, () => inTurn(some, ([key, value]) => sdk.addMap(file, key, value)));
    const held = (await readStatus(haproxy.client)).maps.get(file)?.entries;
    if (held !== sdkEntries) throw new Error(`haproxy-sdk added ${held} of ${sdkEntries} entries`);
  }

  const { info } = await readStatus(haproxy.client);
  return {
    haproxy: `${info.version.major}.${info.version.minor}`,
    rounds,
    entries,
    sdkEntries,
    entriesPerSecond: {
      usherAdd: median(samples.get('usherAdd')) ?? 0,
      interactiveAdd: median(samples.get('interactiveAdd')) ?? 0,
      usherSet: median(samples.get('usherSet')) ?? 0,
      usherReplace: median(samples.get('usherReplace')) ?? 0,
      sdkAdd: median(samples.get('sdkAdd')),
      sdkSet: median(samples.get('sdkSet')),
    },
    slowestLookupDuringReplaceMs: Math.round(slowest * 10) / 10,
    escapes: {
      usher: await keepsKey(haproxy, (key) => haproxy.client.run([['add', 'map', file, key, 'v']])),
      sdk: sdk && (await keepsKey(haproxy, (key) => sdk.addMap(file, key, 'v'))),
    },
  };
}

/** Looks a room up again and again until the returned function is called, which gives the slowest, in ms. */
function watchLookups(haproxy: RealHaproxy): () => Promise<number> {
  let done = false;
  let slowest = 0;
  const watching = (async () => {
    while (!done) {
      const began = performance.now();
      await haproxy.look('anyone');
      slowest = Math.max(slowest, performance.now() - began);
    }
  })();
  return async () => {
    done = true;
    await watching;
    return slowest;
  };
}

async function keepsKey(haproxy: RealHaproxy, add: (key: string) => Promise<unknown>): Promise<boolean> {
  const file = haproxy.mapFile('rooms');
  await haproxy.client.run([['clear', 'map', file]]);
  await add(nastyKey).catch(() => undefined);
  return (await readEntry(haproxy.client, file, nastyKey)) === 'v';
}

async function inTurn<T>(items: Iterable<T>, work: (item: T) => Promise<unknown>): Promise<void> {
  for (const item of items) await work(item);
}

function median(values: readonly number[] | undefined): number | undefined {
  const value = values?.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];
  return value === undefined ? undefined : Math.round(value);
}
