import type { Control } from '../control/control.ts';
import { stepMs, stepOf, weekSteps } from '../scaling/forecast/step.ts';
import type { LoadStep } from '../scaling/load-history/load-step.ts';
import { readScale } from '../scaling/rules/scale-file.ts';
import { shardRules } from '../scaling/rules/shard-rules.ts';
import { unknownShard } from '../shards/unknown-shard.ts';
import type { ShardHistory } from './schema/history.ts';

/** What a shard carried, compact: weeks in some hundred KB. Throws UsageError when there is none of that name. */
export async function viewHistory(
  control: Pick<Control, 'fleet' | 'wishes' | 'shards' | 'loads'>,
  name: string,
  weeks: number,
): Promise<ShardHistory> {
  const watched = control.shards.get(name);
  if (!watched) throw unknownShard(name, control.shards.keys());
  const { region } = watched.spec;
  const { settings } = await readScale(control.wishes);
  const { policy, min, max, ...rules } = shardRules(watched.spec, control.fleet.scaling, settings);
  const { bridgeMbps, mbpsPerParticipant, timeZone } = rules;
  const inRegion = [...control.shards.values()].filter(({ spec }) => spec.region === region).length;
  const now = stepOf(Date.now());
  const first = now - Math.ceil(weeks * weekSteps);
  // The present step is not over: its mean is not yet that of five minutes.
  const read = await control.loads.read(name, first, now - 1);
  // The count of bridges is known whenever a shard was measured.
  const start = read.findIndex(({ bridges: count }) => count !== undefined);
  const steps = start === -1 ? [] : read.slice(start);
  const list = (figure: keyof LoadStep) => steps.map((step) => step[figure] ?? null);
  return {
    name,
    region,
    others: { inRegion: inRegion - 1, elsewhere: control.shards.size - inRegion },
    settings: { policy, min: min.value, max: max.value, bridgeMbps, mbpsPerParticipant, timeZone },
    from: new Date((start === -1 ? now : first + start) * stepMs).toISOString(),
    bitsPerSecond: list('bitsPerSecond'),
    demand: list('demand'),
    highestStress: list('highestStress'),
    participants: list('participants'),
    conferences: list('conferences'),
    bridges: list('bridges'),
    openBridges: list('openBridges'),
  };
}
