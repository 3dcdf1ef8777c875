import { ByteReader } from './byte-reader.ts';
import { encodeKvList } from './kv-list.ts';
import { encodeName, readValue, type SpoeValue } from './value.ts';

/** One message of a NOTIFY frame. An argument without a sample in HAProxy is null. */
export interface SpoeMessage {
  /** As in spoe.conf's `spoe-message`. */
  name: string;
  args: ReadonlyMap<string, SpoeValue>;
}

/** The payload of a NOTIFY frame; throws SpopError `invalid`. */
export function decodeMessages(payload: Buffer): SpoeMessage[] {
  const reader = new ByteReader(payload);
  const messages: SpoeMessage[] = [];
  while (!reader.done) {
    const name = reader.name();
    const args = new Map<string, SpoeValue>();
    for (let left = reader.byte(); left > 0; left -= 1) args.set(reader.name(), readValue(reader));
    messages.push({ name, args });
  }
  return messages;
}

/** The bytes of a NOTIFY frame's payload; throws RangeError over 255 arguments. */
export function encodeMessages(messages: readonly SpoeMessage[]): Buffer {
  return Buffer.concat(
    messages.flatMap(({ name, args }) => {
      if (args.size > 255) throw new RangeError(`message ${name} has ${args.size} arguments`);
      return [encodeName(name), Buffer.of(args.size), encodeKvList(args)];
    }),
  );
}
