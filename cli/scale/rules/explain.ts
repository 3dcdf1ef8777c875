import { count } from '../../../common/words.ts';
import type { ShardScale } from '../../../orchestrator/api/schema/scale.ts';
import { openApi } from '../../api/open-api.ts';
import type { Context } from '../../context.ts';
import { print } from '../../output/print.ts';
import { formatFields } from '../../output/table.ts';
import { whatToDo } from './what-to-do.ts';

/** Says why a shard has as many bridges as it has, and how to have it otherwise. */
export async function explainScale(shard: string, context: Context): Promise<void> {
  const [scale] = await (await openApi(context)).scale(shard);
  if (scale) print(context, scale, () => formatExplanation(scale, context));
}

function formatExplanation(scale: ShardScale, { hint }: Context): string {
  const { policy, decision, limits, bridges, openBridges } = scale;
  const options = Object.entries(policy.options).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  const todo = whatToDo(scale).map(([what, command]) => [what, hint(command)] as const);
  return [
    `${scale.name} has ${count(bridges, 'bridge')}, ${openBridges} of them open. ${whatHappens(scale)}\n`,
    formatFields([
      ['Load', loadText(scale)],
      ['Policy', [policy.name, ...options].join(', ')],
      ...(decision ? [['Decided', `${wishText(decision)}, at ${decision.at}`] as const] : []),
      ...(decision ? [['Without limits', wishText(decision.wanted)] as const] : []),
    ]),
    ...(decision ? [`Because:\n${listed(decision.reasons)}`] : []),
    `Limits now:\n${listed(limits.reasons)}`,
    ...(todo.length > 0
      ? [`To have it otherwise:\n${formatFields(todo).replace(/^/gm, '  ').trimEnd()}\n`]
      : []),
  ].join('\n');
}

/** What comes of the last decision. */
function whatHappens({ scaledElsewhere, limits, decision, bridges }: ShardScale): string {
  if (scaledElsewhere)
    return 'A HorizontalPodAutoscaler decides how many there are; nothing else here holds.';
  if (!decision) return 'Nothing is decided yet: no orchestrator has led for long enough to read them all.';
  if (limits.paused) return 'Scaling is paused: none starts, opens, drains or goes.';
  const more = decision.exist - bridges;
  if (more > 0) return `${more} more ${more === 1 ? 'starts' : 'start'}.`;
  if (more === 0) return 'None starts and none goes.';
  const goes = more === -1 ? '1 goes, when it is' : `${-more} go, when they are`;
  return limits.noScaleDown ? 'None goes at this time.' : `${goes} drained and empty.`;
}

function loadText({ load, bridgeMbps, decision }: ShardScale): string {
  const carried = load === null ? 'not known' : `${load.toFixed(1)} full bridges`;
  const forecast = decision?.forecast;
  const ahead = forecast ? `; below ${forecast.within25.toFixed(1)} within 25 min, with 99 %` : '';
  return `${carried} of ${bridgeMbps} Mbit/s${ahead}`;
}

function wishText({ exist, open }: { readonly exist: number; readonly open: readonly string[] }): string {
  return `${count(exist, 'bridge')}, ${open.length} of them open`;
}

function listed(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join('');
}
