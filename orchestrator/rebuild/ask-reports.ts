import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { fetchMessageOf } from '../../common/errors.ts';
import { readReport, type TableReport } from '../../haproxy/agent/table-report.ts';

const beginMs = 3_000;
/** A million rooms are some 60 MB. */
const endMs = 20_000;

/** Where a proxy's agent answers. */
export interface AgentAddress {
  proxy: string;
  /** `host:port` */
  http: string;
}

/** What each agent reports, or why it cannot yet, by `proxy <name>`. */
export interface Reports {
  reports: TableReport[];
  missing: Map<string, string>;
}

/** Asks every agent for its part of the table. One that still talks to another Redis than `runId` has none yet. */
export async function askReports(
  agents: readonly AgentAddress[],
  runId: string,
  signal: AbortSignal,
): Promise<Reports> {
  const missing = new Map<string, string>();
  const asked = agents.map(async ({ proxy, http }) => {
    try {
      const report = await askReport(http, signal);
      if (report.runId === runId) return [report];
      missing.set(`proxy ${proxy}`, 'its agent still goes by the Redis before');
    } catch (error) {
      missing.set(`proxy ${proxy}`, fetchMessageOf(error));
    }
    return [];
  });
  return { reports: (await Promise.all(asked)).flat(), missing };
}

async function askReport(http: string, signal: AbortSignal): Promise<TableReport> {
  const mute = new AbortController();
  const timer = setTimeout(() => mute.abort(new Error(`no answer within ${beginMs / 1_000} s`)), beginMs);
  const within = AbortSignal.any([signal, mute.signal, AbortSignal.timeout(endMs)]);
  const response = await fetch(`http://${http}/v1/report`, { signal: within });
  clearTimeout(timer);
  if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
  const input = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  return readReport(createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }));
}
