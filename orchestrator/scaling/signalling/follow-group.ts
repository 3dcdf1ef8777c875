import { messageOf } from '../../../common/errors.ts';
import type { ShardSpec } from '../../../shards/spec/schema.ts';
import type { SparingAudit } from '../../audit/sparing-audit.ts';
import type { Control } from '../../control/control.ts';
import { livingRecord } from '../../upgrade/view-shards.ts';
import { commandFor, planShards, type ShardsAction, type ShardsTarget, targetOf } from './change-shards.ts';
import { decideShards, type ShardsDecision } from './decide-shards.ts';
import type { GroupHistory } from './group-history.ts';
import type { Look } from './look-around.ts';
import type { GroupReport } from './signalling-book.ts';
import { viewGroupShard } from './view-groups.ts';

/** The shards of one region in one pool. */
export interface Group {
  /** `pool/region`. */
  readonly name: string;
  /** At least one. */
  readonly specs: readonly [ShardSpec, ...ShardSpec[]];
  readonly history: GroupHistory;
}

/** Decides how many shards a group has; does it, or says what is to be done. */
export async function followGroup(
  control: Control,
  group: Group,
  look: Look,
  audit: SparingAudit,
): Promise<GroupReport> {
  const { specs, history, name } = group;
  const { now, mirror, signalling, changes, busy } = look;
  const shards = specs.flatMap((spec) => {
    const measured = signalling.get(spec.name);
    const record = livingRecord(mirror, spec.name);
    return measured ? [viewGroupShard(spec, record, measured, changes.get(spec.name))] : [];
  });
  const load = sumOf(shards.map((shard) => shard.load));
  const outlook = await history.look(now, load);
  const decision = decideShards({
    now,
    shards,
    settings: control.fleet.scaling.signalling,
    forecast: outlook,
    busy,
    changedAt: Math.max(0, ...specs.map((spec) => changes.get(spec.name)?.at ?? 0)),
    wasShort: control.signalling.groups.get(name)?.decision.isShort ?? false,
  });
  const advice = await carryOut(control, name, decision, look, audit);
  const [{ pool, region }] = specs;
  return { pool, region, shards: specs.map((spec) => spec.name), load, outlook, decision, advice };
}

/** Returns the command that does it where it is not done here. */
async function carryOut(
  control: Control,
  group: string,
  decision: ShardsDecision,
  look: Look,
  audit: SparingAudit,
): Promise<string | undefined> {
  const { do: what, reason, ...about } = decision;
  const say = (action: string, outcome: string, shards: readonly string[]) => {
    const entry = { actor: 'orchestrator', action, shards, reason: `${group}: ${reason}`, inputs: about };
    const isNews = audit.record(group, { ...entry, outcome });
    if (isNews) control.log.warn({ group, what, reason, ...about, outcome }, 'shards and their load');
  };
  if (decision.do === 'nothing') {
    if (decision.isShort) say('signalling.short', 'nothing is done', []);
    return undefined;
  }
  const target = targetOf(decision, look.specs, look.mirror.shards.keys());
  const { fleet, wishes } = control;
  if (fleet.scaling.signalling.shards === 'advise' || (what === 'add' && !wishes.canAdd)) {
    const advice = commandFor(decision, target, fleet.driver === 'kubernetes');
    say(`signalling.${what}`, `advised: ${advice}`, [target.name]);
    return advice;
  }
  say(`signalling.${what}`, await attempt(control, decision, target, look), [target.name]);
  return undefined;
}

/** `ok`, or why nothing came of it: it is decided anew at the next look. */
async function attempt(
  { wishes, election }: Control,
  action: ShardsAction,
  target: ShardsTarget,
  { specs, now }: Look,
): Promise<string> {
  try {
    const plan = await planShards(wishes, action, target, specs, now);
    election.token();
    await wishes.apply(plan);
    return 'ok';
  } catch (error) {
    return messageOf(error);
  }
}

/** Undefined when one of them is not known. */
function sumOf(numbers: readonly (number | undefined)[]): number | undefined {
  const known = numbers.filter((number) => number !== undefined);
  return known.length < numbers.length ? undefined : known.reduce((total, number) => total + number, 0);
}
