import { ByteReader } from './byte-reader.ts';
import { encodeName, encodeValue, readValue, type SpoeValue } from './value.ts';

/** The payload of HELLO and DISCONNECT frames. Of a key given twice the last stands. */
export function decodeKvList(payload: Buffer): Map<string, SpoeValue> {
  const reader = new ByteReader(payload);
  const list = new Map<string, SpoeValue>();
  while (!reader.done) list.set(reader.name(), readValue(reader));
  return list;
}

/** The bytes of a KV-LIST, in the map's order. */
export function encodeKvList(list: ReadonlyMap<string, SpoeValue>): Buffer {
  return Buffer.concat([...list].flatMap(([name, value]) => [encodeName(name), encodeValue(value)]));
}
