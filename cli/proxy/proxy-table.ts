import type { ProxyStatus } from '../../orchestrator/api/schema/proxies.ts';
import { paintGood } from '../output/paint.ts';
import { formatTable } from '../output/table.ts';
import { age } from '../output/words.ts';
import type { Output } from '../terminal.ts';

const head = [
  'NAME',
  'IN STEP',
  'HAPROXY',
  'PID',
  'ROOMS',
  'SLOTS',
  'BUCKETS',
  'SEATED',
  'KNOWN',
  'REFUSED',
  'FAILED',
  'RELOADS',
  'SEEN',
  'ERROR',
];

/** The proxies, one a line: what their maps hold, and what became of the claims they sent. */
export function proxyTable(proxies: readonly ProxyStatus[], output: Output): string {
  if (proxies.length === 0) return 'no proxies\n';
  const rows = proxies.map(({ name, inStep, haproxy, entries, claims, reloads, seenAt, error }) => [
    name,
    paintGood(inStep, output),
    haproxy?.version ?? null,
    haproxy?.pid ?? null,
    entries?.rooms ?? null,
    entries?.slots ?? null,
    entries?.buckets ?? null,
    claims?.seated ?? null,
    claims?.known ?? null,
    claims?.refused ?? null,
    claims?.failed ?? null,
    reloads,
    `${age(seenAt)} ago`,
    error,
  ]);
  return formatTable(head, rows);
}
