import { encodeFrame, type Frame, frameFlags, frameTypes } from './frame.ts';
import { decodeKvList, encodeKvList } from './kv-list.ts';

/** Why a peer ends the connection. */
export interface Disconnect {
  /** One of `spopStatus`, or a code of the peer's own; undefined when it gave none. */
  status: number | undefined;
  message: string;
}

/** The AGENT-DISCONNECT frame; the socket is closed right after it. */
export function encodeAgentDisconnect(status: number, message: string): Buffer {
  return encodeFrame({
    type: frameTypes.agentDisconnect,
    flags: frameFlags.fin,
    streamId: 0n,
    frameId: 0n,
    payload: encodeKvList(
      new Map<string, number | string>([
        ['status-code', status],
        ['message', message],
      ]),
    ),
  });
}

/** Reads a DISCONNECT of either side; throws SpopError `invalid`. */
export function decodeDisconnect(frame: Frame): Disconnect {
  const list = decodeKvList(frame.payload);
  const status = list.get('status-code');
  const message = list.get('message');
  return {
    status: typeof status === 'number' || typeof status === 'bigint' ? Number(status) : undefined,
    message: typeof message === 'string' ? message.slice(0, 200) : '',
  };
}
