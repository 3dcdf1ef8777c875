import type { Document } from 'yaml';
import { dropItems } from './scale-change.ts';
import { everyShard, type ScaleFile } from './scale-file.ts';
import { type Window, windowOfEvent, windowOfFloor, windowOfPause } from './scale-rules.ts';
import type { Floor, ScaleEvent } from './schema.ts';

/**
 * Takes the floors, events and pauses out of `scale.yaml` that are over.
 *
 * @param settings what the file says
 * @param timeZone of the fleet, where the file does not say
 */
export function clearExpired(document: Document, settings: ScaleFile, timeZone: string, nowMs: number): void {
  const isOver = ({ untilMs }: Window) => untilMs <= nowMs;
  for (const [shard, section] of Object.entries(settings)) {
    const zone = section.timeZone ?? settings[everyShard]?.timeZone ?? timeZone;
    dropItems<Floor>(document, [shard, 'floors'], (one) => isOver(windowOfFloor(one, zone)));
    dropItems<ScaleEvent>(document, [shard, 'events'], (one) => isOver(windowOfEvent(one, zone)));
    const pauses = windowOfPause({ where: '', settings: section }, zone);
    if (pauses.some(isOver)) document.deleteIn([shard, 'paused']);
  }
}
