import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../../common/errors.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import type { Control } from '../control/control.ts';
import { clearExpired } from '../scaling/rules/clear-expired.ts';
import { limitsAt } from '../scaling/rules/limits-at.ts';
import { editScale, type ScaleChange } from '../scaling/rules/scale-change.ts';
import { everyShard, planScale, readScale } from '../scaling/rules/scale-file.ts';
import {
  type ScaleRules,
  windowOfEvent,
  windowOfFloor,
  windowOfPause,
} from '../scaling/rules/scale-rules.ts';
import { shardRules } from '../scaling/rules/shard-rules.ts';
import type { ChangeAnswer } from './schema/change.ts';
import type { ScaleBody } from './schema/scale.ts';

/** Writes into `scale.yaml` how operators want bridges scaled, of one shard or of every one; it holds from the next look. */
export async function changeScale(
  control: Pick<Control, 'wishes' | 'fleet'>,
  { shard, change, dryRun }: ScaleBody,
): Promise<ChangeAnswer> {
  const nowMs = Date.now();
  const specs = shard === everyShard ? await control.wishes.shards() : [await control.wishes.shard(shard)];
  const stored = await readScale(control.wishes);
  const edited = planScale(stored, (document) => editScale(document, shard, change));
  if (isDeepStrictEqual(edited.settings[shard], stored.settings[shard]))
    return { changed: false, actions: [] };

  const { scaling } = control.fleet;
  const rulesOf = (spec: ShardSpec) => shardRules(spec, scaling, edited.settings);
  refuseOver(change, edited.settings[shard]?.timeZone ?? scaling.timeZone ?? 'UTC', nowMs);
  const [spec] = specs;
  if (shard !== everyShard && spec) refuseUnreachable(change, shard, rulesOf(spec));

  const { change: text } = planScale(stored, (document) => {
    editScale(document, shard, change);
    clearExpired(document, edited.settings, scaling.timeZone ?? 'UTC', nowMs);
  });
  if (!dryRun) await control.wishes.apply([text]);
  const follows = specs.map((one) => `have ${one.name} with ${describe(rulesOf(one), nowMs)}`);
  return {
    changed: true,
    actions: [
      `set ${whatOf(change)} of ${shard === everyShard ? 'every shard' : shard} in ${text.path}`,
      ...follows,
    ],
  };
}

function describe(rules: ScaleRules, nowMs: number): string {
  return limitsAt(rules, nowMs).reasons.join('; ');
}

function whatOf(change: ScaleChange): string {
  return Object.keys(change).join(', ');
}

/** What is over already is a slip of whoever typed it. */
function refuseOver(change: ScaleChange, timeZone: string, nowMs: number): void {
  const { floor, event, paused } = change;
  const windows = [
    ...(floor ? [windowOfFloor(floor, timeZone)] : []),
    ...(event ? [windowOfEvent(event, timeZone)] : []),
    ...(paused === undefined ? [] : windowOfPause({ where: '', settings: { paused } }, timeZone)),
  ];
  for (const { fromMs, untilMs } of windows) {
    const until = new Date(untilMs).toISOString();
    if (untilMs <= nowMs) throw new UsageError(`that is over since ${until}; give a time that is to come`);
    if (untilMs <= fromMs) throw new UsageError(`it ends at ${until}, before it begins`);
  }
}

/** More bridges than there may be at most would not come. */
function refuseUnreachable(change: ScaleChange, shard: string, rules: ScaleRules): void {
  const { min, max } = rules;
  if ((change.min || change.max) && min.value > max.value) {
    throw new UsageError(
      `${shard}: at least ${min.value} ${min.said} is above at most ${max.value} ${max.said}; give --min and --max`,
    );
  }
  const wanted = [
    change.floor?.bridges,
    change.schedule?.max === undefined ? change.schedule?.min : undefined,
  ];
  for (const bridges of wanted) {
    if (bridges === undefined || bridges <= highestMax(rules)) continue;
    throw new UsageError(
      `${shard}: ${bridges} bridges are above at most ${max.value} ${max.said}; raise that first: usher scale set ${shard} --max ${bridges}`,
    );
  }
}

/** A schedule may allow more than is usual. */
function highestMax({ max, schedules }: ScaleRules): number {
  return Math.max(max.value, ...schedules.flatMap((one) => one.max ?? []));
}
