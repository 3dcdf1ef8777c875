import { z } from 'zod';

/** A load of a bridge, as a share of what it should carry at most. */
const share = z.number().gt(0).max(1);
const loads = z.number().min(0).max(1_000);
const bridges = z.int().min(0).max(10_000);
const ms = z.int().min(0).max(86_400_000);

/** How full bridges are filled, one after the other. */
const packing = z
  .strictObject({
    /** The share of its load up to which a bridge is filled. */
    fillTo: share.default(0.7),
    /** Bridges are opened until there is room for so much more, in loads of a bridge. */
    room: loads.default(1),
  })
  .readonly();

export type Packing = z.infer<typeof packing>;

/** Of the forecast; what is not given is as its benchmark found it best. */
export const forecastOptions = z
  .strictObject({
    /** Share of the bridges' minutes that may be hot. */
    hotShare: share.exactOptional(),
    /** What a bridge counts for when it is reckoned how many exist. */
    existFill: share.exactOptional(),
    /** Open room goes for this much more than what comes, in loads of a bridge. */
    slack: loads.exactOptional(),
  })
  .readonly();

/** As many bridges as its operator says. */
export const staticOptions = z
  .strictObject({
    /** Unless said, those that the shard's `min` asks for. */
    bridges: bridges.default(1),
  })
  .readonly();

export type StaticOptions = z.infer<typeof staticOptions>;

/** Kubernetes' HorizontalPodAutoscaler on the average traffic of a pod. */
export const hpaOptions = z
  .strictObject({
    /** Load per bridge that it aims at. It has no default of its own for traffic: half leaves time for a start. */
    target: share.default(0.5),
    min: bridges.default(1),
    /** It scales down to the highest that it wanted within so long. */
    stabilizationMs: ms.default(300_000),
    /** What holds the bridges: a StatefulSet ends the newest alone, and does nothing else until it has ended. */
    workload: z.enum(['deployment', 'stateful-set']).default('deployment'),
  })
  .readonly();

export type HpaOptions = z.infer<typeof hpaOptions>;

/** jitsi/jitsi-autoscaler; the defaults are what 8x8 publish for their bridges. */
export const jitsiAutoscalerOptions = z
  .strictObject({
    /** Mean stress from which it scales up. */
    upAt: share.default(0.3),
    /** Mean stress below which it scales down. */
    downBelow: share.default(0.1),
    /** It scales up after so many periods of a minute in a row. */
    upPeriods: z.int().min(1).max(1_440).default(2),
    /** It scales down after so many periods of a minute in a row. */
    downPeriods: z.int().min(1).max(1_440).default(10),
    /** Bridges more at a time. */
    upQuantity: z.int().min(1).max(1_000).default(1),
    /** Bridges fewer at a time. */
    downQuantity: z.int().min(1).max(1_000).default(1),
    /** After a change it changes nothing for so long. */
    graceMs: ms.default(600_000),
    min: bridges.default(1),
  })
  .readonly();

export type JitsiAutoscalerOptions = z.infer<typeof jitsiAutoscalerOptions>;

/** Dyte's first autoscaler, which publishes no values. */
export const dyteOptions = z
  .strictObject({
    /** A node with this load is overloaded. */
    overloadedAt: share.default(0.7),
    /** So many nodes are added at a time. */
    quantity: z.int().min(1).max(1_000).default(1),
    /** Empty nodes kept above what is needed. */
    buffer: bridges.default(1),
    /** An empty node goes after so long. */
    cooldownMs: ms.default(300_000),
  })
  .readonly();

export type DyteOptions = z.infer<typeof dyteOptions>;

const weight = z.number().min(0).max(1);

const predictedShape = {
  /** Load per bridge that it reckons with. */
  target: share.default(0.7),
  /** Bridges above what is predicted. */
  buffer: bridges.default(1),
  /** Fullest first, as scaling.md has it for the benchmark; without, all are open but those that are too many. */
  packing: packing.exactOptional(),
};

/** How a policy that predicts the load makes bridges of it. */
export const predictedOptions = z.strictObject(predictedShape).readonly();

export type PredictedOptions = z.infer<typeof predictedOptions>;

/** Dyte's predictor. */
export const dytePredictiveOptions = z
  .strictObject({
    ...predictedShape,
    /** Weights of the last hour, of yesterday and of last week at this time. */
    weights: z.tuple([weight, weight, weight]).readonly().default([0.6, 0.2, 0.2]),
  })
  .readonly();

export type DytePredictiveOptions = z.infer<typeof dytePredictiveOptions>;

/** Thresholds, as operators' scripts have them. */
export const rulesOptions = z
  .strictObject({
    /** Mean load from which more bridges start. */
    upAt: share.default(0.5),
    /** Mean load below which one drains. */
    downBelow: share.default(0.3),
    /** Meetings per bridge from which more bridges start. */
    meetings: z.int().min(1).max(100_000).default(100),
    /** Bridges more at a time. */
    quantity: z.int().min(1).max(1_000).default(1),
    /** No scale-down from 8 to 18 o'clock on weekdays. */
    businessHours: z.boolean().default(true),
    min: bridges.default(1),
  })
  .readonly();

export type RulesOptions = z.infer<typeof rulesOptions>;

/** Agones' fleet autoscaler with a counter, in loads of a bridge. */
export const agonesBufferOptions = z
  .strictObject({
    /** What one bridge counts for. */
    fillTo: share.default(0.8),
    /** Room kept free. */
    buffer: loads.default(2),
    /** Room kept free besides, as a share of the load. */
    bufferShare: loads.default(0),
    /** Room kept open among the fullest: packed allocation. */
    room: loads.default(1),
    /** Room kept open besides, as a share of the load. */
    roomShare: loads.default(0.2),
  })
  .readonly();

export type AgonesBufferOptions = z.infer<typeof agonesBufferOptions>;
