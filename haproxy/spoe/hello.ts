import { encodeFrame, type Frame, frameFlags, frameTypes } from './frame.ts';
import { decodeKvList, encodeKvList } from './kv-list.ts';
import { SpopError, spopStatus } from './status.ts';
import type { SpoeValue } from './value.ts';

/** SPOP allows no peer a smaller limit, in bytes. */
export const minFrameSize = 256;

/** What this agent speaks: 2.0, the only version HAProxy 1.9 and later announce. */
const version = '2.0';
const major = '2';

/** ACKs in any order on one connection; `async` matters to HAProxy before 3.1 only. */
const capabilities = 'pipelining,async';

/** What a HAPROXY-HELLO asks for, and what is agreed. */
export interface Hello {
  /** In bytes, for every frame from now on in both directions. */
  maxFrameSize: number;
  /** True: HAProxy only wants to see an AGENT-HELLO. */
  healthcheck: boolean;
}

/** Agrees on a HAPROXY-HELLO; throws SpopError with the status that refuses it. */
export function acceptHello(frame: Frame, maxFrameSize: number): Hello {
  if (frame.streamId !== 0n || frame.frameId !== 0n) {
    throw new SpopError(spopStatus.invalid, 'HELLO with a stream or frame id');
  }
  const list = decodeKvList(frame.payload);
  const versions = need(list, 'supported-versions', spopStatus.noVersion);
  const theirMax = need(list, 'max-frame-size', spopStatus.noMaxFrameSize);
  const theirCapabilities = need(list, 'capabilities', spopStatus.noCapabilities);
  if (typeof versions !== 'string' || typeof theirCapabilities !== 'string') {
    throw new SpopError(spopStatus.invalid, 'HELLO with a value of the wrong type');
  }
  // A major version announced includes all its lower minors.
  if (!versions.split(',').some((announced) => announced.trim().split('.')[0] === major)) {
    throw new SpopError(spopStatus.unsupportedVersion, `only SPOP ${version} is supported`);
  }
  if (typeof theirMax !== 'number' && typeof theirMax !== 'bigint') {
    throw new SpopError(spopStatus.invalid, 'HELLO with a value of the wrong type');
  }
  if (theirMax < minFrameSize) {
    throw new SpopError(spopStatus.badMaxFrameSize, `max-frame-size must be ${minFrameSize} or more`);
  }
  return {
    maxFrameSize: theirMax < maxFrameSize ? Number(theirMax) : maxFrameSize,
    healthcheck: list.get('healthcheck') === true,
  };
}

/** The AGENT-HELLO frame. */
export function encodeAgentHello(maxFrameSize: number): Buffer {
  const list = new Map<string, SpoeValue>([
    ['version', version],
    ['max-frame-size', maxFrameSize],
    ['capabilities', capabilities],
  ]);
  return encodeFrame({
    type: frameTypes.agentHello,
    flags: frameFlags.fin,
    streamId: 0n,
    frameId: 0n,
    payload: encodeKvList(list),
  });
}

function need(list: ReadonlyMap<string, SpoeValue>, key: string, status: SpopError['status']): SpoeValue {
  const value = list.get(key);
  if (value === undefined) throw new SpopError(status, `HELLO without ${key}`);
  return value;
}
