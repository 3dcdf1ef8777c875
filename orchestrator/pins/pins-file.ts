import { z } from 'zod';
import { isRoomKey } from '../../haproxy/room-key/room-key.ts';
import { parseWith } from '../../shards/overlay/findings.ts';
import { removeKey, setKey } from '../../shards/overlay/key-edit.ts';
import type { TextChange } from '../../shards/overlay/text-change.ts';
import type { Wishes } from '../../shards/overlay/wishes.ts';
import { parseYaml } from '../../shards/overlay/yaml-source.ts';
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
  const { path, text } = await wishes.text('pins.yaml');
  return new Map(Object.entries(parse(path, text)));
}

/** What changes to pin `room` to `shard`, or to nothing when that is undefined; empty if it is so already. */
export async function planPin(
  wishes: Wishes,
  room: string,
  shard: string | undefined,
): Promise<TextChange[]> {
  const { path, text } = await wishes.text('pins.yaml');
  if (parse(path, text)[room] === shard) return [];
  if (text === undefined || isBare(text)) {
    const after = `${text ?? preface}${JSON.stringify(room)}: ${shard}\n`;
    return [{ path, before: text, after }];
  }
  const source = parseYaml(path, text);
  const after = shard === undefined ? removeKey(source, [room]) : setKey(source, [room], shard);
  return [{ path, before: text, after: after.trim() === '{}' ? preface : after }];
}

function parse(path: string, text: string | undefined): Record<string, string> {
  if (text === undefined || isBare(text)) return {};
  return parseWith(pinsFile, parseYaml(path, text), 'the pins are wrong:');
}

/** Nothing but comments. */
function isBare(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#.*)?$/.test(line));
}
