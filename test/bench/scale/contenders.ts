import { UsageError } from '../../../common/errors.ts';
import type { PolicyName } from '../../../orchestrator/scaling/policies/make-policy.ts';

/** The values that an option is tuned over, in their order where they have one; `a.b` is the option b of a. */
export type Axes = Readonly<Record<string, readonly unknown[]>>;

/** One choice of a policy's options, by the keys of its axes. */
export type Candidate = Readonly<Record<string, unknown>>;

/** A policy with the options that it is tuned over. */
export interface Contender {
  readonly policy: PolicyName;
  readonly axes: Axes;
  /** Candidates that did well on other traces: they are tried beside those drawn. */
  readonly known?: readonly Candidate[];
}

const targets = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9];
/** A prediction's hours hang on its target: nearer values where the best ones lie. */
const nearTargets = [...targets.slice(0, 11), 0.74, 0.76, 0.78, 0.8, 0.82, 0.84, 0.86, 0.88, 0.9];
const minutes = (...values: number[]) => values.map((value) => value * 60_000);
const least = [1, 2, 4, 6, 8, 10, 12, 15, 18, 22, 26];
const packing = {
  'packing.fillTo': [0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85],
  'packing.room': [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8],
};
const weights = [
  [1, 0, 0],
  [0.6, 0.2, 0.2],
  [0.34, 0.33, 0.33],
  [0.2, 0.4, 0.4],
  [0.2, 0.2, 0.6],
  [0, 0.2, 0.8],
];

/** The contenders by name. Ours is not tuned. */
export const contenders: Readonly<Record<string, Contender>> = {
  forecast: { policy: 'forecast', axes: {} },
  static: { policy: 'static', axes: { bridges: [6, 8, 10, 12, 14, 16, 18, 20, 23, 26, 30, 35, 40, 50, 60] } },
  hpa: {
    policy: 'hpa',
    axes: {
      target: targets,
      stabilizationMs: minutes(1, 5, 15, 30, 60),
      min: least,
      workload: ['deployment'],
    },
  },
  'hpa-stateful-set': {
    policy: 'hpa',
    axes: {
      target: targets,
      stabilizationMs: minutes(1, 5, 15, 30, 60),
      min: least,
      workload: ['stateful-set'],
    },
  },
  'jitsi-autoscaler': {
    policy: 'jitsi-autoscaler',
    axes: {
      upAt: targets,
      downBelow: [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5],
      upPeriods: [1, 2, 3],
      downPeriods: [2, 5, 10, 20, 30],
      upQuantity: [1, 2, 3, 4, 6, 8],
      downQuantity: [1, 2, 3, 4],
      graceMs: minutes(1, 2, 5, 10),
      min: least,
    },
  },
  'jitsi-autoscaler-8x8': { policy: 'jitsi-autoscaler', axes: {} },
  dyte: {
    policy: 'dyte',
    axes: {
      overloadedAt: targets,
      quantity: [1, 2, 3, 4, 6],
      buffer: [0, 1, 2, 3, 4],
      cooldownMs: minutes(0, 2, 5, 15),
    },
  },
  'dyte-predictive': {
    policy: 'dyte-predictive',
    axes: { target: nearTargets, buffer: [0, 1, 2, 3, 4, 6], weights },
    known: [
      { target: 0.8, buffer: 2, weights: weights[4] },
      { target: 0.8, buffer: 3, weights: weights[4] },
    ],
  },
  'dyte-predictive-packed': {
    policy: 'dyte-predictive',
    axes: { target: targets, buffer: [0, 1, 2, 3, 4, 6], weights, ...packing },
    known: [
      { target: 0.8, buffer: 2, weights: weights[4], 'packing.fillTo': 0.8, 'packing.room': 4 },
      { target: 0.7, buffer: 2, weights: weights[1], 'packing.fillTo': 0.75, 'packing.room': 2 },
    ],
  },
  rules: {
    policy: 'rules',
    axes: {
      upAt: targets,
      downBelow: [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5],
      quantity: [1, 2, 3, 4, 6],
      businessHours: [false, true],
      min: least,
    },
  },
  'linear-regression': {
    policy: 'linear-regression',
    axes: { target: targets, buffer: [0, 1, 2, 3, 4, 6] },
  },
  'linear-regression-packed': {
    policy: 'linear-regression',
    axes: { target: targets, buffer: [0, 1, 2, 3, 4, 6], ...packing },
  },
  'agones-buffer': {
    policy: 'agones-buffer',
    axes: {
      fillTo: [0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1],
      buffer: [0, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8],
      bufferShare: [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5],
      room: [0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6],
      roomShare: [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4],
    },
    known: [
      { fillTo: 0.8, buffer: 2, bufferShare: 0, room: 1, roomShare: 0.2 },
      { fillTo: 0.9, buffer: 3, bufferShare: 0.1, room: 2, roomShare: 0.1 },
    ],
  },
};

/** @throws UsageError when there is none of this name */
export function contenderOf(name: string): Contender {
  const contender = Object.hasOwn(contenders, name) ? contenders[name] : undefined;
  if (contender) return contender;
  throw new UsageError(`no rival "${name}"; known: ${Object.keys(contenders).join(', ')}`);
}
