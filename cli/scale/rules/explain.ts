import type { ShardScale } from '../../../orchestrator/api/schema/scale.ts';
import { openApi } from '../../api/open-api.ts';
import type { Context } from '../../context.ts';
import { print } from '../../output/print.ts';
import { formatFields } from '../../output/table.ts';

/** Says why a shard has as many bridges as it has. */
export async function explainScale(shard: string, context: Context): Promise<void> {
  const [scale] = await (await openApi(context)).scale(shard);
  if (scale) print(context, scale, () => formatExplanation(scale));
}

function formatExplanation(scale: ShardScale): string {
  const { policy, decision, limits, bridges, openBridges } = scale;
  const options = Object.entries(policy.options).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  const decided: [string, string | null][] = decision
    ? [
        ['Decided', `${decision.exist} bridges, ${decision.open.length} of them open, at ${decision.at}`],
        ['Because', decision.reasons.join('; ')],
        [
          'Without limits',
          `${decision.wanted.exist} bridges, ${decision.wanted.open.length} of them open: ${decision.wanted.reasons.join('; ')}`,
        ],
      ]
    : [['Decided', scale.scaledElsewhere ? 'by a HorizontalPodAutoscaler' : 'nothing yet']];
  return [
    formatFields([
      ['Bridges', `${bridges}, ${openBridges} of them open`],
      ['Policy', [policy.name, ...options].join(', ')],
      ['A bridge', `${scale.bridgeMbps} Mbit/s at most`],
      ...decided,
    ]),
    `Limits now:\n${limits.reasons.map((reason) => `  ${reason}\n`).join('')}`,
  ].join('\n');
}
