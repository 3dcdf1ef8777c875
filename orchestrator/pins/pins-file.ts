import { z } from 'zod';
import { isRoomKey } from '../../haproxy/room-key/room-key.ts';
import { editFlat, readFlat } from '../../shards/overlay/flat-file.ts';
import type { TextChange } from '../../shards/overlay/text-change.ts';
import type { StoredText, Wishes } from '../../shards/overlay/wishes.ts';
import { label } from '../../shards/spec/schema.ts';

/** `pins.yaml`: room key -> the shard where its operator wants it. */
const pinsFile = z.record(z.string(), label).superRefine((pins, context) => {
  for (const room of Object.keys(pins).filter((key) => !isRoomKey(key))) {
    context.addIssue({ code: 'custom', path: [room], message: 'expected a room key, tenant/name or /name' });
  }
});

const preface =
  '# Rooms that sit on a shard of their operators’ choice. `usher room pin` and `unpin` write here; so may you.\n';

/** The pins of a fleet; without the file there are none. A UsageError lists what is wrong with it. */
export async function readPins(wishes: Wishes): Promise<Map<string, string>> {
  return new Map(Object.entries(parse(await wishes.text('pins.yaml'))));
}

/** What changes to pin `room` to `shard`, or to nothing when that is undefined; empty if it is so already. */
export async function planPin(
  wishes: Wishes,
  room: string,
  shard: string | undefined,
): Promise<TextChange[]> {
  const stored = await wishes.text('pins.yaml');
  if (parse(stored)[room] === shard) return [];
  return [{ path: stored.path, before: stored.text, after: editFlat(stored, room, shard, preface) }];
}

function parse(stored: StoredText): Record<string, string> {
  return readFlat(stored, pinsFile, 'the pins are wrong:');
}
