import type { Socket } from 'node:net';
import { messageOf } from '../../common/errors.ts';
import { answerNotify, type SpoeContext } from './answer-notify.ts';
import { Deadline } from './deadline.ts';
import { decodeDisconnect, encodeAgentDisconnect } from './disconnect.ts';
import { decodeFrame, type Frame, frameFlags, frameTypes } from './frame.ts';
import { FrameSplitter } from './frame-splitter.ts';
import { acceptHello, encodeAgentHello } from './hello.ts';
import { decodeMessages } from './message.ts';
import { SpopError, type SpopStatus, spopStatus } from './status.ts';

type Wait = 'hello' | 'frame' | 'output' | 'idle';

/**
 * One HAProxy connection: HELLO, then NOTIFYs answered in whatever order they finish.
 * Reading stops while the peer does not take its answers or too many NOTIFYs are under way, so that a peer costs
 * a bounded amount of memory; every state of waiting for the peer has a time limit.
 */
export class SpoeConnection {
  readonly #socket: Socket;
  readonly #context: SpoeContext;
  readonly #splitter: FrameSplitter;
  readonly #deadline: Deadline<Wait>;
  readonly #inFlight = new Set<AbortController>();
  #state: 'hello' | 'open' | 'finishing' | 'ended' = 'hello';

  constructor(socket: Socket, context: SpoeContext) {
    const { limits, stats } = context;
    this.#socket = socket;
    this.#context = context;
    this.#splitter = new FrameSplitter(limits.maxFrameSize);
    this.#deadline = new Deadline(
      {
        hello: limits.helloTimeoutMs,
        frame: limits.frameTimeoutMs,
        output: limits.outputTimeoutMs,
        idle: limits.idleTimeoutMs,
      },
      (wait) => this.#passed(wait),
    );
    stats.connections += 1;
    stats.connectionsTotal += 1;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      // After the last answer the rest is read and dropped: unread bytes would make close() a reset that
      // destroys the AGENT-DISCONNECT on its way.
      if (this.#state === 'ended') return;
      this.#splitter.push(chunk);
      this.#advance();
    });
    socket.on('drain', () => this.#advance());
    // 'close' follows and does all there is to do.
    socket.on('error', (error) => {
      // HAProxy resets the connection of a health check as soon as it has its answer.
      if (this.#state === 'ended') return;
      this.#context.warn('SPOE connection broke', { error: messageOf(error) });
    });
    socket.on('close', () => {
      stats.connections -= 1;
      this.#end();
    });
    this.#advance();
  }

  /** Answers what is under way, then AGENT-DISCONNECT with status 0. */
  finish(): void {
    if (this.#state === 'ended') return;
    this.#state = 'finishing';
    if (this.#inFlight.size === 0) this.#disconnect(spopStatus.normal, 'agent stops');
    else this.#advance();
  }

  #advance(): void {
    try {
      while (this.#mayRead()) {
        const bytes = this.#splitter.next();
        if (bytes === undefined) break;
        this.#onFrame(decodeFrame(bytes));
      }
    } catch (error) {
      const status = error instanceof SpopError ? error.status : spopStatus.unknown;
      this.#refuse(status, messageOf(error));
    }
    if (this.#state === 'ended') return;
    if (this.#mayRead()) {
      this.#socket.resume();
      const open = this.#splitter.pending ? 'frame' : 'idle';
      this.#deadline.waitFor(this.#state === 'hello' ? 'hello' : open);
    } else {
      this.#socket.pause();
      if (this.#socket.writableNeedDrain) this.#deadline.waitFor('output');
      // Else our own handlers are waited for, and have a limit of their own.
      else this.#deadline.clear();
    }
  }

  #mayRead(): boolean {
    if (this.#state !== 'hello' && this.#state !== 'open') return false;
    return !this.#socket.writableNeedDrain && this.#inFlight.size < this.#context.limits.maxInFlight;
  }

  #onFrame(frame: Frame): void {
    this.#deadline.clear();
    if ((frame.flags & frameFlags.fin) === 0) {
      throw new SpopError(spopStatus.fragmented, 'fragments are not supported');
    }
    if (frame.type === frameTypes.haproxyDisconnect) this.#onDisconnect(frame);
    else if (this.#state === 'hello') this.#onHello(frame);
    else if (frame.type === frameTypes.notify) this.#onNotify(frame);
    else if (frame.type === frameTypes.haproxyHello) {
      throw new SpopError(spopStatus.invalid, 'a second HELLO');
    }
    // SPOP lets either side skip frames of types it does not know.
  }

  #onHello(frame: Frame): void {
    if (frame.type !== frameTypes.haproxyHello) {
      throw new SpopError(spopStatus.invalid, 'the first frame is not a HELLO');
    }
    const hello = acceptHello(frame, this.#context.limits.maxFrameSize);
    this.#splitter.limit = hello.maxFrameSize;
    this.#state = 'open';
    if (hello.healthcheck) {
      this.#context.stats.healthchecks += 1;
      this.#end(encodeAgentHello(hello.maxFrameSize));
    } else {
      this.#socket.write(encodeAgentHello(hello.maxFrameSize));
    }
  }

  #onNotify(frame: Frame): void {
    const cancelled = (frame.flags & frameFlags.abort) !== 0;
    const messages = cancelled ? [] : decodeMessages(frame.payload);
    const abort = new AbortController();
    this.#inFlight.add(abort);
    this.#context.stats.notifies += 1;
    this.#context.stats.inFlight += 1;
    answerNotify(frame, messages, abort, this.#splitter.limit, this.#context).then((ack) => {
      this.#context.stats.inFlight -= 1;
      if (!this.#inFlight.delete(abort)) return;
      if (this.#socket.writable) {
        this.#context.stats.acks += 1;
        this.#socket.write(ack);
      }
      if (this.#state !== 'finishing') this.#advance();
      else if (this.#inFlight.size === 0) this.#disconnect(spopStatus.normal, 'agent stops');
    });
  }

  #onDisconnect(frame: Frame): void {
    const { status, message } = decodeDisconnect(frame);
    if (status !== spopStatus.normal)
      this.#context.warn('HAProxy ended a SPOE connection', { status, message });
    this.#disconnect(spopStatus.normal, 'bye');
  }

  #passed(wait: Wait): void {
    if (wait === 'idle') this.#disconnect(spopStatus.normal, 'idle');
    else this.#refuse(spopStatus.timeout, `timed out waiting for ${wait}`);
  }

  #refuse(status: SpopStatus, message: string): void {
    this.#context.stats.peerErrors += 1;
    this.#context.warn('SPOE peer refused', { status, reason: message, peer: this.#socket.remoteAddress });
    this.#disconnect(status, message);
  }

  #disconnect(status: SpopStatus, message: string): void {
    this.#end(encodeAgentDisconnect(status, message));
  }

  /** Sends the last frame, if any, and gives the peer `lingerMs` to close its side. */
  #end(lastFrame?: Buffer): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#deadline.clear();
    for (const abort of this.#inFlight) abort.abort();
    this.#inFlight.clear();
    if (lastFrame === undefined) return;
    this.#socket.end(lastFrame);
    this.#socket.resume();
    const linger = setTimeout(() => this.#socket.destroy(), this.#context.limits.lingerMs);
    this.#socket.once('close', () => clearTimeout(linger));
  }
}
