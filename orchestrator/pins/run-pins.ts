import { messageOf } from '../../common/errors.ts';
import { loop } from '../../common/loop.ts';
import { SparingAudit } from '../audit/sparing-audit.ts';
import { type Control, operationId } from '../control/control.ts';
import { bucketKey } from '../rooms/run-censuses.ts';
import { decidePins } from './decide-pins.ts';
import { readPins } from './pins-file.ts';

const everyMs = 1_000;

/**
 * Seats pinned rooms: a pin is a placement that is written ahead, while no proxy falls back in the room's bucket.
 * So it is a move of that bucket to the shard that it prefers already (protocol.md, "Bucket move"); the flip
 * writes the placement.
 */
export async function runPins(control: Control, signal: AbortSignal): Promise<void> {
  const audit = new SparingAudit(control.audit);
  await loop('pins', everyMs, signal, control.log, async () => {
    try {
      control.pins = await readPins(control.wishes);
      audit.keepOnly((key) => key !== 'file');
    } catch (error) {
      const isNews = audit.record('file', {
        actor: 'orchestrator',
        action: 'fleet.refuse',
        reason: `pins cannot be read: ${messageOf(error)}`,
        outcome: 'the last good ones stand',
      });
      if (isNews)
        control.log.error({ error: messageOf(error) }, 'pins cannot be read: the last good ones stand');
    }
    const mirror = control.mirror();
    if (!mirror || mirror.moves.size > 0) return;
    const { due } = decidePins({ pins: control.pins, mirror, censuses: control.censuses.latest() });
    const targets = new Map<string, string>();
    for (const room of due.keys()) {
      const bucket = bucketKey(mirror, room);
      const preferred = mirror.preferences.get(bucket);
      if (preferred !== undefined) targets.set(bucket, preferred);
    }
    if (targets.size === 0) return;
    const id = operationId('move');
    const intent = {
      actor: 'orchestrator',
      action: 'rooms.pin',
      rooms: [...due.keys()],
      shards: [...new Set(due.values())],
      reason: 'pinned by an operator, and seated nowhere: their buckets are held while they are seated',
      inputs: { operation: id, buckets: targets.size },
    };
    await audit.attempt('pins', intent, () => control.table.hold(id, targets));
  });
}
