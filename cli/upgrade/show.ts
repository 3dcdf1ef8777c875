import type { UpgradeStatus } from '../../orchestrator/api/schema/upgrade.ts';
import { openApi } from '../api/open-api.ts';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { formatFields, formatTable } from '../output/table.ts';

/** Shows how far the upgrade is. */
export async function showUpgrade(context: Context): Promise<void> {
  const upgrade = await (await openApi(context)).upgrade();
  print(context, upgrade, () => formatUpgrade(upgrade, context));
}

function formatUpgrade(upgrade: UpgradeStatus, { hint }: Context): string {
  const { imageTag, state, reason, rollback, shards } = upgrade;
  const fields = formatFields([
    ['To', rollback ? `the versions before ${imageTag}` : imageTag],
    ['State', state],
    ['Reason', reason],
    ['Done', `${shards.filter(({ done }) => done).length} of ${shards.length}`],
  ]);
  const rows = shards.map((one) => [one.old, one.from, one.new, one.to, one.done, one.reason]);
  const table = formatTable(['OLD', 'FROM', 'NEW', 'TO', 'DONE', 'NEXT'], rows);
  const back = rollback ? '' : ` or ${hint('shard upgrade rollback')}`;
  const next = state === 'stopped' || state === 'paused' ? `\n${hint('shard upgrade resume')}${back}\n` : '';
  return `${fields}\n${table}${next}`;
}
