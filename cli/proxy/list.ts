import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { proxyTable } from './proxy-table.ts';

/** Lists all proxies whose agents have announced themselves. */
export async function listProxies(context: Context): Promise<void> {
  const proxies = await (await openApi(context)).proxies();
  print(context, proxies, () => proxyTable(proxies, context.stdout));
}
