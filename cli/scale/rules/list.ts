import type { ShardScale } from '../../../orchestrator/api/schema/scale.ts';
import { openApi } from '../../api/open-api.ts';
import type { Context } from '../../context.ts';
import { print } from '../../output/print.ts';
import { type Cell, formatTable } from '../../output/table.ts';

/** Lists the schedules of all shards, or of one. */
export async function listSchedules(shard: string | undefined, context: Context): Promise<void> {
  const scales = await (await openApi(context)).scale(shard);
  const all = scales.flatMap(({ name, schedules }) => schedules.map((one) => ({ shard: name, ...one })));
  const head = ['SCHEDULE', 'SHARD', 'WINDOW', 'MIN', 'MAX', 'NO SCALE-DOWN', 'PRIORITY', 'NOW'];
  print(context, all, () =>
    tableOf(
      head,
      all.map((one) => [
        ...[one.name, one.shard, one.window, one.min, one.max],
        ...[one.noScaleDown, one.priority, one.active],
      ]),
    ),
  );
}

/** Lists the events that are not over, of all shards or of one. */
export async function listEvents(shard: string | undefined, context: Context): Promise<void> {
  const scales: ShardScale[] = await (await openApi(context)).scale(shard);
  const all = scales.flatMap(({ name, events }) => events.map((one) => ({ shard: name, ...one })));
  print(context, all, () =>
    tableOf(
      ['EVENT', 'SHARD', 'PEOPLE', 'ROOM FROM', 'UNTIL'],
      all.map((one) => [one.name, one.shard, one.people, one.from, one.until]),
    ),
  );
}

function tableOf(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return rows.length === 0 ? 'none\n' : formatTable(head, rows);
}
