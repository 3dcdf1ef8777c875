import { loop } from '../../common/loop.ts';
import { incarnationOf } from '../../haproxy/stick-table/records.ts';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { readShards } from '../../shards/overlay/fleet-folder.ts';
import { planRemove } from '../../shards/overlay/plan-remove.ts';
import type { Control } from '../control/control.ts';
import { decidePins } from '../pins/decide-pins.ts';
import { bucketKey } from '../rooms/run-censuses.ts';
import { stopKeeper } from '../shards/keep-shards.ts';
import { attemptAll } from './attempt-all.ts';
import type { OperationStep, OperationView } from './operation-view.ts';
import { stepMove } from './step-move.ts';
import { stepRetire } from './step-retire.ts';
import { stepTakeOut } from './step-take-out.ts';

const everyMs = 200;

/** Takes every open operation its steps further. All of their state is in the table: another orchestrator goes on. */
export async function runOperations(control: Control, signal: AbortSignal): Promise<void> {
  const ackedAt = new Map<string, number>();
  const lastSaid = new Map<string, string>();
  await loop('operations', everyMs, signal, control.log, async () => {
    const mirror = control.mirror();
    if (!mirror || mirror.operations.size === 0) return;
    const [operations, agents] = await Promise.all([control.table.operations(), control.table.agents()]);
    for (const phase of [...ackedAt.keys(), ...lastSaid.keys()]) {
      if (operations.has(phase.slice(0, phase.lastIndexOf('/')))) continue;
      ackedAt.delete(phase);
      lastSaid.delete(phase);
    }
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
      if (step.do !== 'wait' || lastSaid.get(phase) !== step.reason) {
        control.log.info(
          { operation: id, phase: record.phase, step: step.do, reason: step.reason },
          'operation',
        );
        lastSaid.set(phase, step.reason);
      }
      await takeStep(control, view, step, signal);
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
  step: OperationStep,
  signal: AbortSignal,
): Promise<void> {
  const { table } = control;
  switch (step.do) {
    case 'wait':
      return;
    case 'flip':
      await table.flip(view.id, step.adopted, step.pinned);
      return;
    case 'cancel':
      await table.cancel(view.id);
      return;
    case 'delete':
      await table.delete(view.id, step.rooms);
      return;
    case 'finish':
      await table.finish(view.id);
      return;
    case 'put-back':
      await putShard(control, view, { admitted: true, removing: false });
      await table.finish(view.id);
      return;
    case 'remove':
      await removeShard(control, view, signal);
      await table.finish(view.id);
      return;
    default:
      step satisfies never;
  }
}

/** Overlay first, so that nobody starts it again; then its processes; then its incarnation is dead for good. */
async function removeShard(control: Control, view: OperationView, signal: AbortSignal): Promise<void> {
  const name = view.record.subject ?? '';
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
