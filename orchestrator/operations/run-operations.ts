import { loop } from '../../common/loop.ts';
import type { CommandAnswer } from '../../haproxy/stick-table/commands.ts';
import { SparingAudit } from '../audit/sparing-audit.ts';
import { headroomOf } from '../buckets/run-buckets.ts';
import { catchUp } from '../control/catch-up.ts';
import type { Control } from '../control/control.ts';
import { decidePins } from '../pins/decide-pins.ts';
import { bucketKey } from '../rooms/run-censuses.ts';
import { changeShard, removeShard } from '../shards/remove-shard.ts';
import { attemptAll } from './attempt-all.ts';
import { operationIntent } from './operation-intent.ts';
import type { OperationAct, OperationStep, OperationView } from './operation-view.ts';
import { stepMove } from './step-move.ts';
import { stepRetire } from './step-retire.ts';
import { stepShardDown } from './step-shard-down.ts';
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
    // Taken before the end of the feed is asked for: see catchUp.
    const censuses = control.censuses.snapshot();
    const duePins = () => decidePins({ pins: control.pins, mirror, censuses: censuses.latest() }).due;
    const seen = {
      mirror,
      pins: duePins(),
      censuses,
      graceMs: control.fleet.timings.graceMs,
      censusesToBeSure: control.fleet.timings.censusesToEnd,
      observed: observedBy(control),
      headroom: headroomOf(control),
    };
    await attemptAll(operations, async ([id, record]) => {
      const silent = [...agents.keys()].filter((agent) => !record.acks[agent]);
      const phase = `${id}/${record.phase}`;
      if (silent.length === 0 && !ackedAt.has(phase)) ackedAt.set(phase, Date.now());
      let view: OperationView = { id, record, silent, ackedAt: ackedAt.get(phase), ...seen };
      let step = decideStep(view);
      if (step.do === 'flip') {
        // Whom it adopts is decided by what the table knew after those censuses.
        if (!(await catchUp(control, signal)) || control.mirror() !== mirror) return;
        view = { ...view, pins: duePins() };
        step = decideStep(view);
      }
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
  step: OperationAct,
  signal: AbortSignal,
): Promise<CommandAnswer> {
  const { table } = control;
  const subject = view.mirror.shards.get(view.record.subject ?? '');
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
      // Its operator still wants it removed: it drains on.
      if (subject) await changeShard(control, subject, { admitted: true });
      return table.finish(view.id);
    case 'shard-up':
      return table.shardUp(view.id);
    case 'shard-down':
      return table.shardDown(view.id, step.targets);
    case 'remove':
      if (subject) await removeShard(control, subject, signal);
      return table.finish(view.id);
    default:
      return step satisfies never;
  }
}
