import { AgonesBufferPolicy } from '../../../orchestrator/scaling/policies/agones-buffer.ts';
import { DytePolicy } from '../../../orchestrator/scaling/policies/dyte.ts';
import { DytePredictivePolicy } from '../../../orchestrator/scaling/policies/dyte-predictive.ts';
import { ForecastPolicy } from '../../../orchestrator/scaling/policies/forecast/forecast-policy.ts';
import { HpaPolicy } from '../../../orchestrator/scaling/policies/hpa.ts';
import {
  JitsiAutoscalerPolicy,
  valuesOf8x8,
} from '../../../orchestrator/scaling/policies/jitsi-autoscaler.ts';
import { LinearRegressionPolicy } from '../../../orchestrator/scaling/policies/linear-regression.ts';
import { RulesPolicy } from '../../../orchestrator/scaling/policies/rules.ts';
import { StaticPolicy } from '../../../orchestrator/scaling/policies/static.ts';
import type { ScalePolicy } from '../../../orchestrator/scaling/scale-policy.ts';
import { grid } from './grid.ts';

/** A policy with one choice of its parameters. */
export interface Candidate {
  readonly options: object;
  make(): ScalePolicy;
}

/** Every policy with the parameters that it is tuned over. Ours has none. */
export const contenders: Readonly<Record<string, readonly Candidate[]>> = {
  forecast: candidates([{}], () => new ForecastPolicy()),
  static: candidates(grid({ bridges: [20, 25, 30, 35, 40, 50] }), (options) => new StaticPolicy(options)),
  hpa: candidates(
    grid({
      target: [0.3, 0.4, 0.5, 0.6],
      stabilizationMs: [300_000, 1_800_000],
      min: [1, 4, 8],
      workload: ['deployment'] as const,
    }),
    (options) => new HpaPolicy(options),
  ),
  'hpa-stateful-set': candidates(
    grid({
      target: [0.2, 0.3, 0.4, 0.5, 0.6],
      stabilizationMs: [300_000, 1_800_000],
      min: [1, 4, 8],
      workload: ['stateful-set'] as const,
    }),
    (options) => new HpaPolicy(options),
  ),
  'jitsi-autoscaler': candidates(
    grid({
      upAt: [0.3, 0.4, 0.5],
      downBelow: [0.15, 0.3],
      upPeriods: [2],
      downPeriods: [10],
      quantity: [1, 3],
      graceMs: [120_000, 300_000],
      min: [1, 6],
    }),
    (options) => new JitsiAutoscalerPolicy(options),
  ),
  'jitsi-autoscaler-8x8': candidates([valuesOf8x8], (options) => new JitsiAutoscalerPolicy(options)),
  dyte: candidates(
    grid({ overloadedAt: [0.4, 0.5, 0.6, 0.7], quantity: [1, 2, 4], buffer: [1, 2], cooldownMs: [300_000] }),
    (options) => new DytePolicy(options),
  ),
  'dyte-predictive': candidates(
    grid({
      target: [0.4, 0.5, 0.6, 0.7],
      buffer: [1, 2, 4],
      weights: [
        [0.6, 0.2, 0.2],
        [0.2, 0.4, 0.4],
      ] as const,
      packing: [undefined, { fillTo: 0.7, room: 1 }, { fillTo: 0.7, room: 2 }],
    }).map(({ packing, ...rest }) => ({ ...rest, ...(packing && { packing }) })),
    (options) => new DytePredictivePolicy(options),
  ),
  rules: candidates(
    grid({
      upAt: [0.3, 0.4, 0.5],
      downBelow: [0.2, 0.3],
      meetings: [100],
      quantity: [1, 3],
      businessHours: [false, true],
      min: [1, 6],
    }),
    (options) => new RulesPolicy(options),
  ),
  'linear-regression': candidates(
    grid({ target: [0.4, 0.5, 0.6, 0.7, 0.8], buffer: [1, 2, 4] }),
    (options) => new LinearRegressionPolicy(options),
  ),
  'agones-buffer': candidates(
    grid({
      fillTo: [0.8, 0.9],
      buffer: [1, 2, 3, 4],
      bufferShare: [0, 0.1, 0.3],
      room: [1, 2],
      roomShare: [0.2, 0.4],
    }),
    (options) => new AgonesBufferPolicy(options),
  ),
};

function candidates<T extends object>(choices: readonly T[], make: (options: T) => ScalePolicy): Candidate[] {
  return choices.map((options) => ({ options, make: () => make(options) }));
}
