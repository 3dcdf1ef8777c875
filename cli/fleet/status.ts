import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { formatStatus } from './format-status.ts';

/** Shows the whole fleet. */
export async function showStatus(context: Context): Promise<void> {
  const status = await (await openApi(context)).status();
  print(context, status, () => formatStatus(status, context.stdout));
}
