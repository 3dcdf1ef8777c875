import { ByteReader } from './byte-reader.ts';
import { SpopError, spopStatus } from './status.ts';
import { encodeName, encodeValue, readValue, type SpoeValue } from './value.ts';

/** In the order of their codes on the wire. */
const scopes = ['process', 'session', 'transaction', 'request', 'response'] as const;

/**
 * Sets a variable of the request in HAProxy, which puts the engine's `var-prefix` before `name`:
 * `shard` in scope `transaction` is read there as `txn.usher.shard`.
 */
export interface SetVar {
  scope: (typeof scopes)[number];
  name: string;
  value: SpoeValue;
}

const setVar = 1;
const setVarArguments = 3;

/** The payload of an ACK frame. */
export function encodeActions(actions: readonly SetVar[]): Buffer {
  return Buffer.concat(
    actions.flatMap(({ scope, name, value }) => [
      Buffer.of(setVar, setVarArguments, scopes.indexOf(scope)),
      encodeName(name),
      encodeValue(value),
    ]),
  );
}

/** What an ACK frame asks for; throws SpopError `invalid` for anything but set-var. */
export function decodeActions(payload: Buffer): SetVar[] {
  const reader = new ByteReader(payload);
  const actions: SetVar[] = [];
  while (!reader.done) {
    if (reader.byte() !== setVar || reader.byte() !== setVarArguments) {
      throw new SpopError(spopStatus.invalid, 'not a set-var action');
    }
    const scope = scopes[reader.byte()];
    if (scope === undefined) throw new SpopError(spopStatus.invalid, 'unknown variable scope');
    actions.push({ scope, name: reader.name(), value: readValue(reader) });
  }
  return actions;
}
