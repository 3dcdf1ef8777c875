import type { PolicyName } from '../../../orchestrator/scaling/policies/make-policy.ts';
import { grid } from './grid.ts';

/** A policy with the options that it is tuned over. */
export interface Contender {
  readonly policy: PolicyName;
  readonly options: readonly object[];
}

/** The contenders by name. Ours is not tuned. */
export const contenders: Readonly<Record<string, Contender>> = {
  forecast: { policy: 'forecast', options: [{}] },
  static: { policy: 'static', options: grid({ bridges: [20, 25, 30, 35, 40, 50] }) },
  hpa: {
    policy: 'hpa',
    options: grid({
      target: [0.3, 0.4, 0.5, 0.6],
      stabilizationMs: [300_000, 1_800_000],
      min: [1, 4, 8],
      workload: ['deployment'],
    }),
  },
  'hpa-stateful-set': {
    policy: 'hpa',
    options: grid({
      target: [0.2, 0.3, 0.4, 0.5, 0.6],
      stabilizationMs: [300_000, 1_800_000],
      min: [1, 4, 8],
      workload: ['stateful-set'],
    }),
  },
  'jitsi-autoscaler': {
    policy: 'jitsi-autoscaler',
    options: grid({
      upAt: [0.3, 0.4, 0.5],
      downBelow: [0.15, 0.3],
      upPeriods: [2],
      downPeriods: [10],
      upQuantity: [1, 3],
      graceMs: [120_000, 300_000],
      min: [1, 6],
    }),
  },
  'jitsi-autoscaler-8x8': { policy: 'jitsi-autoscaler', options: [{}] },
  dyte: {
    policy: 'dyte',
    options: grid({
      overloadedAt: [0.4, 0.5, 0.6, 0.7],
      quantity: [1, 2, 4],
      buffer: [1, 2],
      cooldownMs: [300_000],
    }),
  },
  'dyte-predictive': {
    policy: 'dyte-predictive',
    options: grid({
      target: [0.4, 0.5, 0.6, 0.7],
      buffer: [1, 2, 4],
      weights: [
        [0.6, 0.2, 0.2],
        [0.2, 0.4, 0.4],
      ],
      packing: [undefined, { fillTo: 0.7, room: 1 }, { fillTo: 0.7, room: 2 }],
    }).map(({ packing, ...rest }) => ({ ...rest, ...(packing && { packing }) })),
  },
  rules: {
    policy: 'rules',
    options: grid({
      upAt: [0.3, 0.4, 0.5],
      downBelow: [0.2, 0.3],
      meetings: [100],
      quantity: [1, 3],
      businessHours: [false, true],
      min: [1, 6],
    }),
  },
  'linear-regression': {
    policy: 'linear-regression',
    options: grid({ target: [0.4, 0.5, 0.6, 0.7, 0.8], buffer: [1, 2, 4] }),
  },
  'agones-buffer': {
    policy: 'agones-buffer',
    options: grid({
      fillTo: [0.8, 0.9],
      buffer: [1, 2, 3, 4],
      bufferShare: [0, 0.1, 0.3],
      room: [1, 2],
      roomShare: [0.2, 0.4],
    }),
  },
};
