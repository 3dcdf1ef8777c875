import type { ShardScale } from '../../../orchestrator/api/schema/scale.ts';
import { openApi } from '../../api/open-api.ts';
import type { Context } from '../../context.ts';
import { print } from '../../output/print.ts';
import { formatTable } from '../../output/table.ts';

const head = [
  ...['SHARD', 'POLICY', 'BRIDGES', 'OPEN', 'WANTED', 'LOAD', 'IN 25 MIN', 'MIN', 'MAX', 'MBIT/S'],
  ...['NOW', 'WHY'],
];

/** Shows how the bridges of all shards are scaled, or of one. */
export async function showScale(shard: string | undefined, context: Context): Promise<void> {
  const scales = await (await openApi(context)).scale(shard);
  print(context, scales, () => (scales.length === 0 ? 'no shards\n' : formatTable(head, scales.map(rowOf))));
}

function rowOf(scale: ShardScale) {
  const { name, policy, bridges, openBridges, load, limits, bridgeMbps, decision } = scale;
  const carried = load === null ? null : load.toFixed(1);
  const within25 = decision?.forecast?.within25;
  const forecast = within25 === undefined ? null : `below ${within25.toFixed(1)}`;
  const wanted = decision ? `${decision.exist}, ${decision.open.length} open` : null;
  return [
    ...[name, scale.scaledElsewhere ? 'HorizontalPodAutoscaler' : policy.name, bridges, openBridges, wanted],
    ...[carried, forecast],
    ...[limits.min, limits.max, bridgeMbps, whatHolds(scale), decision?.reasons.join('; ') ?? null],
  ];
}

/** What limits it beside its bounds, in a word or two. */
function whatHolds({ limits: { paused, noScaleDown, expected } }: ShardScale): string {
  return [
    ...(paused ? ['paused'] : []),
    ...(noScaleDown ? ['no scale-down'] : []),
    ...(expected > 0 ? [`+${expected.toFixed(1)} by events`] : []),
  ].join(', ');
}
