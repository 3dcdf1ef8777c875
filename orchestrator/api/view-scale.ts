import type { ShardSpec } from '../../shards/spec/schema.ts';
import { stateOf } from '../bridges/bridge-state.ts';
import { readBridgeWords } from '../bridges/bridges-file.ts';
import type { Control } from '../control/control.ts';
import { measureShard } from '../scaling/measure/measure-shard.ts';
import { limitsAt } from '../scaling/rules/limits-at.ts';
import { readScale, type ScaleFile } from '../scaling/rules/scale-file.ts';
import { isOpenAt, windowText } from '../scaling/rules/schedule-window.ts';
import { shardRules } from '../scaling/rules/shard-rules.ts';
import { wallTimeOf } from '../scaling/rules/wall-time.ts';
import type { ScaleDecision } from '../scaling/scale-policy.ts';
import type { ScaleLook } from '../scaling/shard-scaler.ts';
import { unknownShard } from '../shards/unknown-shard.ts';
import { bridgesOf } from '../shards/watched-shard.ts';
import type { ShardScale } from './schema/scale.ts';

/** How the bridges of all shards are scaled, by name, or of one. Throws UsageError when there is no such shard. */
export async function viewScale(control: Control, shard?: string): Promise<ShardScale[]> {
  if (shard !== undefined && !control.shards.has(shard)) throw unknownShard(shard, control.shards.keys());
  const { settings } = await readScale(control.wishes);
  const names = shard === undefined ? [...control.shards.keys()].toSorted() : [shard];
  return Promise.all(names.map((name) => viewShard(control, name, settings)));
}

async function viewShard(control: Control, name: string, file: ScaleFile): Promise<ShardScale> {
  const watched = control.shards.get(name);
  const spec: Pick<ShardSpec, 'name' | 'bridges'> = watched?.spec ?? { name, bridges: { min: 1, max: 1 } };
  const rules = shardRules(spec, control.fleet.scaling, file);
  const nowMs = Date.now();
  const limits = limitsAt(rules, nowMs);
  const wallMs = wallTimeOf(rules.timeZone)(nowMs);
  const words = await readBridgeWords(control.wishes, name);
  const bridges = watched ? bridgesOf(watched) : [];
  const { policy, bridgeMbps, mbpsPerParticipant, timeZone } = rules;
  const full = bridgeMbps * 1e6;
  const { demand } = measureShard(bridges, undefined, nowMs, full);
  const isToCome = ({ untilMs }: { untilMs: number }) => untilMs > nowMs;
  return {
    name,
    policy,
    bridgeMbps,
    mbpsPerParticipant,
    timeZone,
    scaledElsewhere: watched?.endpoints?.scaledElsewhere ?? false,
    bridges: bridges.length,
    openBridges: bridges.filter((bridge) => stateOf(bridge, words.get(bridge.name)) === 'open').length,
    load: watched?.bridgesRead && demand !== undefined ? demand / full : null,
    limits: { ...limits, reasons: [...limits.reasons] },
    schedules: rules.schedules.map((schedule) => ({
      name: schedule.name,
      window: windowText(schedule, timeZone),
      min: schedule.min ?? null,
      max: schedule.max ?? null,
      noScaleDown: schedule.noScaleDown ?? false,
      priority: schedule.priority ?? 0,
      active: isOpenAt(schedule, wallMs),
    })),
    events: rules.events.filter(isToCome).map(({ name, people, fromMs, untilMs }) => ({
      name,
      people,
      from: new Date(fromMs).toISOString(),
      until: new Date(untilMs).toISOString(),
    })),
    floors: rules.floors.filter(isToCome).map(({ bridges, fromMs, untilMs }) => ({
      bridges,
      from: timeOrNull(fromMs),
      until: timeOrNull(untilMs),
    })),
    decision: viewLook(control.scaling.latest(name)),
  };
}

function viewLook(look: ScaleLook | undefined): ShardScale['decision'] {
  if (!look) return null;
  const { atMs, decision, wanted } = look;
  return {
    at: new Date(atMs).toISOString(),
    forecast: wanted.forecast ?? null,
    ...viewDecision(decision),
    wanted: viewDecision(wanted),
  };
}

function viewDecision({ exist, open, reasons }: ScaleDecision) {
  return { exist, open: [...open], reasons: [...reasons] };
}

function timeOrNull(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
