import { messageOf } from '../../common/errors.ts';
import { encodeActions, type SetVar } from './action.ts';
import { encodeFrame, type Frame, frameFlags, frameTypes, lengthBytes } from './frame.ts';
import type { SpoeLimits } from './limits.ts';
import type { SpoeMessage } from './message.ts';
import type { Warn } from './sparing-warn.ts';
import type { SpoeStats } from './stats.ts';

/** What the actions of a message's answer are; `signal` aborts when nobody waits for them any more. */
export type SpoeHandler = (message: SpoeMessage, signal: AbortSignal) => Promise<SetVar[]>;

/** What all connections of one server share. */
export interface SpoeContext {
  handle: SpoeHandler;
  limits: SpoeLimits;
  stats: SpoeStats;
  warn: Warn;
}

/**
 * The ACK frame of a NOTIFY, never larger than `maxFrameSize` and never later than `handleTimeoutMs`.
 * A message whose handler fails, is late or answers too much has no actions in it. Never rejects.
 */
export async function answerNotify(
  notify: Frame,
  messages: readonly SpoeMessage[],
  abort: AbortController,
  maxFrameSize: number,
  context: SpoeContext,
): Promise<Buffer> {
  const limit = setTimeout(() => abort.abort(timedOut), context.limits.handleTimeoutMs);
  const answers = await Promise.all(messages.map((message) => answerMessage(message, abort.signal, context)));
  clearTimeout(limit);
  const ack = encodeAck(notify, Buffer.concat(answers));
  if (ack.length - lengthBytes <= maxFrameSize) return ack;
  context.stats.handlerFailures += 1;
  context.warn('SPOE answer larger than a frame', { bytes: ack.length, maxFrameSize });
  return encodeAck(notify, Buffer.alloc(0));
}

async function answerMessage(
  message: SpoeMessage,
  signal: AbortSignal,
  context: SpoeContext,
): Promise<Buffer> {
  try {
    return encodeActions(await Promise.race([context.handle(message, signal), aborted(signal)]));
  } catch (error) {
    if (signal.reason === timedOut) {
      context.stats.handlerTimeouts += 1;
      context.warn('SPOE handler timed out', {
        spoeMessage: message.name,
        limitMs: context.limits.handleTimeoutMs,
      });
    } else if (!signal.aborted) {
      context.stats.handlerFailures += 1;
      context.warn('SPOE handler failed', { spoeMessage: message.name, error: messageOf(error) });
    }
    return Buffer.alloc(0);
  }
}

const timedOut = new Error('the SPOE handler passed its time limit');

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function encodeAck({ streamId, frameId }: Frame, payload: Buffer): Buffer {
  return encodeFrame({ type: frameTypes.ack, flags: frameFlags.fin, streamId, frameId, payload });
}
