import { loop } from '../../common/loop.ts';
import { headroomOf } from '../buckets/run-buckets.ts';
import type { Control } from '../control/control.ts';
import { decidePins } from '../pins/decide-pins.ts';
import { bucketKey } from '../rooms/run-censuses.ts';
import { changeShard, removeShard } from '../shards/remove-shard.ts';
import { attemptAll } from './attempt-all.ts';
import { endLife, goOnLiving } from './end-life.ts';
import type { OperationStep, OperationView } from './operation-view.ts';
import { stepMove } from './step-move.ts';
import { stepRetire } from './step-retire.ts';
import { stepShardDown } from './step-shard-down.ts';
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
        observed: observedBy(control),
        headroom: headroomOf(control),
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

/** Own probes alone: what another orchestrator found is in the table. */
function observedBy(control: Control): OperationView['observed'] {
  return new Map(
    [...control.shards].flatMap(([name, { health }]) => (health ? [[name, health.observed]] : [])),
  );
}

function decideStep(view: OperationView): OperationStep {
  switch (view.record.kind) {
    case 'move':
      return stepMove(view, (room) => bucketKey(view.mirror, room));
    case 'retire':
      return stepRetire(view);
    case 'take-out':
      return stepTakeOut(view);
    case 'shard-down':
      return stepShardDown(view);
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
  const subject = view.mirror.shards.get(view.record.subject ?? '');
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
      if (subject) await changeShard(control, subject, { admitted: true, removing: false });
      await table.finish(view.id);
      return;
    case 'shard-up':
      await goOnLiving(control, view, step);
      return;
    case 'shard-down':
      await endLife(control, view, step);
      return;
    case 'remove':
      if (subject) await removeShard(control, subject, signal);
      await table.finish(view.id);
      return;
    default:
      step satisfies never;
  }
}
