import type { ShardHistory } from '../../../orchestrator/api/schema/history.ts';
import { stepOf } from '../../../orchestrator/scaling/forecast/step.ts';
import type { LoadStep } from '../../../orchestrator/scaling/load-history/load-step.ts';
import type { RecordedShard } from '../../../orchestrator/scaling/report/recorded-shard.ts';

/** A shard's history as the report takes it: a step each, in place of a list for each figure. */
export function recordedShard(history: ShardHistory): RecordedShard {
  const { name, region, others, settings, from } = history;
  const at = (figure: keyof LoadStep, index: number) => history[figure][index] ?? undefined;
  const steps = history.bridges.map((_, index) => ({
    bitsPerSecond: at('bitsPerSecond', index),
    demand: at('demand', index),
    highestStress: at('highestStress', index),
    participants: at('participants', index),
    conferences: at('conferences', index),
    bridges: at('bridges', index),
    openBridges: at('openBridges', index),
  }));
  const { bridgeMbps, mbpsPerParticipant, ...set } = settings;
  return {
    ...{ name, region, others, ...set, steps, from: stepOf(Date.parse(from)) },
    bridgeBitsPerSecond: bridgeMbps * 1e6,
    personBitsPerSecond: mbpsPerParticipant * 1e6,
  };
}
