import type { Document } from 'yaml';
import { dropItems } from './scale-change.ts';
import type { ScaleFile } from './scale-file.ts';
import { type Window, windowOfEvent, windowOfFloor, windowOfPause } from './scale-rules.ts';
import type { Floor, ScaleEvent, ScaleSettings } from './schema.ts';
import { zoneOf } from './shard-rules.ts';

/**
 * Takes the floors, events and pauses out of `scale.yaml` that are over.
 *
 * @param file what it says
 * @param fleet `scaling` of the fleet file
 */
export function clearExpired(document: Document, file: ScaleFile, fleet: ScaleSettings, nowMs: number): void {
  const isOver = ({ untilMs }: Window) => untilMs <= nowMs;
  for (const [shard, section] of Object.entries(file)) {
    const zone = zoneOf(file, shard, fleet);
    dropItems<Floor>(document, [shard, 'floors'], (one) => isOver(windowOfFloor(one, zone)));
    dropItems<ScaleEvent>(document, [shard, 'events'], (one) => isOver(windowOfEvent(one, zone)));
    const pauses = windowOfPause({ where: '', settings: section }, zone);
    if (pauses.some(isOver)) document.deleteIn([shard, 'paused']);
  }
}
