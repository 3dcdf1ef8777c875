import { isDeepStrictEqual } from 'node:util';
import { count } from '../../common/words.ts';
import type { Control } from '../control/control.ts';
import { clearExpired } from '../scaling/rules/clear-expired.ts';
import { limitsAt } from '../scaling/rules/limits-at.ts';
import { refuseOver, refuseUnreachable } from '../scaling/rules/refuse-change.ts';
import { editScale } from '../scaling/rules/scale-change.ts';
import { everyShard, planScale, readScale } from '../scaling/rules/scale-file.ts';
import type { ScaleRules } from '../scaling/rules/scale-rules.ts';
import { shardRules, zoneOf } from '../scaling/rules/shard-rules.ts';
import type { ChangeAnswer } from './schema/change.ts';
import type { ScaleBody } from './schema/scale.ts';

/**
 * Writes into `scale.yaml` how operators want the bridges of a shard scaled, or of every one: it holds from the next look
 * on. What is over is taken out.
 */
export async function changeScale(
  { wishes, fleet }: Pick<Control, 'wishes' | 'fleet'>,
  { shard, change, dryRun }: ScaleBody,
): Promise<ChangeAnswer> {
  const nowMs = Date.now();
  const specs = shard === everyShard ? await wishes.shards() : [await wishes.shard(shard)];
  const stored = await readScale(wishes);
  const { settings } = planScale(stored, (document) => editScale(document, shard, change));
  if (isDeepStrictEqual(settings[shard], stored.settings[shard])) return { changed: false, actions: [] };

  refuseOver(change, zoneOf(settings, shard, fleet.scaling), nowMs);
  const all = specs.map((spec) => ({ name: spec.name, rules: shardRules(spec, fleet.scaling, settings) }));
  // Of every shard, where some allow fewer: those have as many as they may.
  if (shard !== everyShard) for (const { rules } of all) refuseUnreachable(change, shard, rules);

  const { change: text } = planScale(stored, (document) => {
    editScale(document, shard, change);
    clearExpired(document, settings, fleet.scaling, nowMs);
  });
  if (!dryRun) await wishes.apply([text]);
  const whose = shard === everyShard ? 'every shard' : shard;
  return {
    changed: true,
    actions: [
      `set ${Object.keys(change).join(', ')} of ${whose} in ${text.path}`,
      ...whatFollows(all, nowMs),
    ],
  };
}

/** A line for all shards of which the same holds. */
function whatFollows(all: readonly { name: string; rules: ScaleRules }[], nowMs: number): string[] {
  const byText = Map.groupBy(all, ({ rules }) => limitsAt(rules, nowMs).reasons.join('; '));
  return [...byText].map(([text, shards]) => {
    const names =
      shards.length > 3 ? count(shards.length, 'shard') : shards.map(({ name }) => name).join(', ');
    return `have ${names} with ${text}`;
  });
}
