import { loop } from '../../common/loop.ts';
import type { CommandAnswer } from '../../haproxy/stick-table/commands.ts';
import { incarnationOf } from '../../haproxy/stick-table/records.ts';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { readShards } from '../../shards/overlay/fleet-folder.ts';
import { planRemove, planRestOfRemoval } from '../../shards/overlay/plan-remove.ts';
import { SparingAudit } from '../audit/sparing-audit.ts';
import type { Control } from '../control/control.ts';
import { decidePins } from '../pins/decide-pins.ts';
import { bucketKey } from '../rooms/run-censuses.ts';
import { stopKeeper } from '../shards/keep-shards.ts';
import { attemptAll } from './attempt-all.ts';
import { operationIntent } from './operation-intent.ts';
import type { OperationAct, OperationStep, OperationView } from './operation-view.ts';
import { stepMove } from './step-move.ts';
import { stepRetire } from './step-retire.ts';
import { stepTakeOut } from './step-take-out.ts';

const everyMs = 200;

/** Takes every open operation its steps further. All of their state is in the table: another orchestrator goes on. */
export async function runOperations(control: Control, signal: AbortSignal): Promise<void> {
  const ackedAt = new Map<string, number>();
  const lastSaid = new Map<string, string>();
  const audit = new SparingAudit(control.audit);
  await loop('operations', everyMs, signal, control.log, async () => {
    const mirror = control.mirror();
    if (!mirror || mirror.operations.size === 0) return;
    const [operations, agents] = await Promise.all([control.table.operations(), control.table.agents()]);
    const isOpen = (phase: string) => operations.has(phase.slice(0, phase.lastIndexOf('/')));
    for (const known of [ackedAt, lastSaid]) {
      for (const phase of known.keys()) if (!isOpen(phase)) known.delete(phase);
    }
    audit.keepOnly(isOpen);
    await attemptAll(operations, async ([id, record]) => {
      const silent = [...agents.keys()].filter((agent) => !record.acks[agent]);
      const phase = `${id}/${record.phase}`;
      if (silent.length === 0 && !ackedAt.has(phase)) ackedAt.set(phase, Date.now());
      const view: OperationView = {
        id,
        record,
        silent,
        ackedAt: ackedAt.get(phase),
        mirror,
        pins: decidePins({ pins: control.pins, mirror, censuses: control.censuses.latest() }).due,
        censuses: control.censuses,
        graceMs: control.fleet.timings.graceMs,
        censusesToBeSure: control.fleet.timings.censusesToEnd,
      };
      const step = decideStep(view);
      if (step.do === 'wait') {
        if (lastSaid.get(phase) === step.reason) return;
        lastSaid.set(phase, step.reason);
        control.log.info({ operation: id, phase: record.phase, reason: step.reason }, 'operation waits');
        return;
      }
      const act = () => takeStep(control, view, step, signal);
      const intent = operationIntent(view, step);
      await (intent ? audit.attempt(phase, intent, act) : act());
    });
  });
}

function decideStep(view: OperationView): OperationStep {
  switch (view.record.kind) {
    case 'move':
      return stepMove(view, (room) => bucketKey(view.mirror, room));
    case 'retire':
      return stepRetire(view);
    case 'take-out':
      return stepTakeOut(view);
    default:
      return view.record.kind satisfies never;
  }
}

async function takeStep(
  control: Control,
  view: OperationView,
  step: OperationAct,
  signal: AbortSignal,
): Promise<CommandAnswer> {
  const { table } = control;
  switch (step.do) {
    case 'flip':
      return table.flip(view.id, step.adopted, step.pinned);
    case 'cancel':
      return table.cancel(view.id);
    case 'delete':
      return table.delete(view.id, step.rooms);
    case 'finish':
      return table.finish(view.id);
    case 'put-back':
      await putShard(control, view, { admitted: true, removing: false });
      return table.finish(view.id);
    case 'remove':
      await removeShard(control, view, signal);
      return table.finish(view.id);
    default:
      return step satisfies never;
  }
}

/**
 * Overlay first, so that nobody starts it again; then its processes; then its incarnation is dead for good. Each step
 * can be done again, so that the next orchestrator ends what one that died has left.
 */
async function removeShard(control: Control, view: OperationView, signal: AbortSignal): Promise<void> {
  const name = view.record.subject ?? '';
  control.election.token();
  await applyChanges(await planRestOfRemoval(control.folder, name));
  const listed = (await readShards(control.folder)).some((spec) => spec.name === name);
  if (listed) await applyChanges(await planRemove(control.folder, name));
  await stopKeeper(control, name);
  await control.driver.remove(name, signal);
  await putShard(control, view, { removed: true });
}

async function putShard(
  control: Control,
  view: OperationView,
  over: { admitted?: boolean; removing?: boolean; removed?: boolean },
): Promise<void> {
  const shard = view.mirror.shards.get(view.record.subject ?? '');
  if (!shard) return;
  const answer = await control.table.putShard({ ...shard, ...over, version: shard.version + 1 });
  if (!answer.ok) throw new Error(`shard ${incarnationOf(shard)}: ${answer.reason}`);
}
