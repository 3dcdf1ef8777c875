import { z } from 'zod';
import { UsherError } from '../../common/errors.ts';
import { isEntry, type MapContents, type MapName, mapNames } from '../maps/map-change.ts';

const head = z.object({
  proxy: z.string(),
  /** The Redis that this agent talks to and whose blessing it waits for; null while it follows one. */
  runId: z.string().nullable(),
  /** How long it has kept its answers, in milliseconds. */
  uptimeMs: z.number(),
  /** How many lines follow: a report that was cut short is none. */
  entries: z.int(),
  /** HAProxy's servers. */
  servers: z.array(z.object({ name: z.string(), id: z.int(), host: z.string(), port: z.int() })),
});

/** All that a proxy and its agent know of the stick table, for the rebuilding of a lost one. */
export interface TableReport extends z.infer<typeof head> {
  maps: MapContents;
  /** What the agent answered within the last G: room key -> incarnation. */
  answers: ReadonlyMap<string, string>;
}

/**
 * A report as text, in pieces: a line of JSON, then one line an entry, `<map or answers> <key> <value>`. Not JSON
 * as a whole, since a large fleet has a million rooms.
 */
export function* writeReport(report: Omit<TableReport, 'entries'>): Generator<string> {
  const { maps, answers, ...rest } = report;
  const parts = [...mapNames.map((name) => [name, maps[name]] as const), ['answers', answers] as const];
  const entries = parts.reduce((sum, [, part]) => sum + part.size, 0);
  yield `${JSON.stringify({ ...rest, entries })}\n`;
  for (const [name, part] of parts) for (const [key, value] of part) yield `${name} ${key} ${value}\n`;
}

/** Reads what `writeReport` wrote, line by line. Throws UsherError when it is not a whole report. */
export async function readReport(lines: AsyncIterable<string>): Promise<TableReport> {
  const maps: Record<MapName, Map<string, string>> = {
    rooms: new Map(),
    slots: new Map(),
    buckets: new Map(),
    tenants: new Map(),
  };
  const answers = new Map<string, string>();
  let first: z.infer<typeof head> | undefined;
  let entries = 0;
  for await (const line of lines) {
    if (first === undefined) {
      first = head.parse(JSON.parse(line));
      continue;
    }
    const [name, key, value] = line.split(' ');
    const part = name === 'answers' ? answers : mapNames.includes(name as MapName) && maps[name as MapName];
    if (!part || key === undefined || value === undefined || !isEntry(key, value)) {
      throw new UsherError(`not an entry of a report: ${JSON.stringify(line.slice(0, 80))}`);
    }
    part.set(key, value);
    entries += 1;
  }
  if (first === undefined || entries !== first.entries) {
    throw new UsherError(`the report ends after ${entries} of ${first?.entries ?? 'unknown'} entries`);
  }
  return { ...first, maps, answers };
}
