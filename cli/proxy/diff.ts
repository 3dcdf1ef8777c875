import { UsherError } from '../../common/errors.ts';
import { count } from '../../common/words.ts';
import type { ProxyDiff } from '../../orchestrator/api/schema/proxies.ts';
import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { formatTable } from '../output/table.ts';

/** Shows where the proxy `name`, or every proxy, differs from the stick table; an UsherError when one does. */
export async function diffProxies(name: string | undefined, context: Context): Promise<void> {
  const api = await openApi(context);
  const names = name === undefined ? (await api.proxies()).map((proxy) => proxy.name) : [name];
  const diffs = await Promise.all(names.map((one) => api.diffProxy(one)));
  print(context, diffs, () => formatDiffs(diffs));
  const total = diffs.reduce((sum, { differences }) => sum + differences.length, 0);
  if (total > 0) throw new UsherError(`${count(total, 'difference')}; agents repair what lasts`);
}

function formatDiffs(diffs: readonly ProxyDiff[]): string {
  const rows = diffs.flatMap(({ proxy, differences }) =>
    differences.map(({ map, key, where, expected, found }) => [proxy, map, key, where, expected, found]),
  );
  if (rows.length > 0) return formatTable(['PROXY', 'MAP', 'KEY', 'WHERE', 'EXPECTED', 'FOUND'], rows);
  return diffs.map(({ proxy }) => `${proxy}: no differences\n`).join('') || 'no proxies\n';
}
