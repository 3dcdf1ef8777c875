import { randomInt } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { messageOf } from '../../common/errors.ts';
import { boshBody, frameKind, frames, parseBoshBody } from './bosh-body.ts';
import { type BoshRoute, type BoshTurn, boshRequest, resendGapMs } from './bosh-request.ts';

/** Long poll, as lib-jitsi-meet asks for. */
const waitSeconds = 60;
/** One request waits at the server, one more may carry what we say. */
const maxInFlight = 2;

/**
 * BOSH (XEP-0124, XEP-0206) in the shape of the XMPP library's websocket: it takes frames and emits `connect`,
 * `data` (frames), `error` and `close`. The session survives the loss of a proxy when another leads to the
 * same server.
 */
export class BoshSocket extends EventEmitter {
  readonly secure = false;
  readonly #route: BoshRoute;
  readonly #domain: string;
  readonly #ended = new AbortController();
  #queue: string[] = [];
  #rid = randomInt(1, 2 ** 31);
  #sid: string | undefined;
  #inFlight = 0;
  #delivered: Promise<void> = Promise.resolve();
  #flushing = false;
  #terminated = false;
  /** Nothing new is sent before this time (performance.now): what is sent again has to arrive first. */
  #quietUntil = 0;

  constructor(route: BoshRoute, domain: string) {
    super();
    this.#route = route;
    this.#domain = domain;
    // Whoever has given the session up listens no more.
    this.on('error', () => undefined);
  }

  /** There is nothing to open before the first frame. */
  connect(): void {
    queueMicrotask(() => this.emit('connect'));
  }

  /** Queues a frame; what is queued in one turn of the event loop goes in one request. */
  write(frame: string, done?: () => void): void {
    this.#queue.push(frame);
    this.#schedule();
    done?.();
  }

  /** Ends the session here, without a word to the server (the `close` frame has said it). */
  end(): void {
    setImmediate(() => this.#close(false));
  }

  #schedule(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#ended.signal.aborted || this.#terminated || this.#inFlight >= maxInFlight) return;
    if (performance.now() < this.#quietUntil) return;
    const [first] = this.#queue;
    if (first === undefined) {
      // With nothing to say, one request has to wait at the server for what it has to say.
      if (this.#sid !== undefined && this.#inFlight === 0) this.#exchange({}, '');
      return;
    }
    const kind = frameKind(first);
    if (kind === 'stanza') {
      const end = this.#queue.findIndex((frame) => frameKind(frame) !== 'stanza');
      this.#exchange({}, this.#queue.splice(0, end < 0 ? this.#queue.length : end).join(''));
    } else {
      this.#queue.shift();
      if (kind === 'close' && this.#sid === undefined) this.#endUnopened();
      else this.#exchange(kind === 'close' ? { type: 'terminate' } : this.#opening(), '', kind === 'open');
    }
  }

  /** The server has not answered the opening: there is nothing that it could terminate. */
  #endUnopened(): void {
    this.#terminated = true;
    this.emit('data', frames.close);
    this.end();
  }

  #opening(): Record<string, string | number> {
    if (this.#sid !== undefined) return { to: this.#domain, 'xmpp:restart': 'true' };
    return {
      to: this.#domain,
      ver: '1.6',
      'xmpp:version': '1.0',
      hold: 1,
      wait: waitSeconds,
      'xml:lang': 'en',
    };
  }

  #exchange(attributes: Record<string, string | number>, payload: string, opening = false): void {
    const session = this.#sid === undefined ? {} : { sid: this.#sid };
    const body = boshBody({ ...attributes, ...session, rid: this.#rid }, payload);
    this.#rid += 1;
    this.#inFlight += 1;
    const answer = boshRequest(this.#route, body, this.#turn(), this.#ended.signal);
    // Two answers may overtake each other on their two connections: each is delivered after the one before.
    this.#delivered = this.#deliver(answer, this.#delivered, opening);
  }

  #turn(): BoshTurn {
    return {
      before: this.#delivered,
      onFailure: () => {
        this.#quietUntil = Number.POSITIVE_INFINITY;
      },
      onResend: () => {
        this.#quietUntil = performance.now() + resendGapMs;
        // A timer may be early by a fraction of a millisecond.
        setTimeout(() => this.#schedule(), resendGapMs + 2);
      },
    };
  }

  async #deliver(answer: Promise<string>, before: Promise<void>, opening: boolean): Promise<void> {
    try {
      const [text] = await Promise.all([answer, before]);
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.#quietUntil = 0;
      if (this.#ended.signal.aborted) return;
      this.#receive(text, opening);
      this.#schedule();
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      this.emit('error', new Error(`BOSH session lost: ${messageOf(error)}`));
      this.#close(true);
    }
  }

  #receive(text: string, opening: boolean): void {
    // Every request that waits at the server is answered by the end.
    if (this.#terminated) return;
    const body = parseBoshBody(text);
    // Another server than its own answers as well, but only to say that it does not know the session.
    if (!body.terminated) this.#route.choice.noteHeard(true);
    this.#sid ??= body.sid;
    if (opening) this.emit('data', frames.open);
    if (body.payload !== '') this.emit('data', body.payload);
    if (!body.terminated) return;
    this.#terminated = true;
    if (body.condition !== undefined) throw new Error(`terminated by the server: ${body.condition}`);
    this.emit('data', frames.close);
    this.end();
  }

  #close(dirty: boolean): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    this.#queue = [];
    this.emit('close', dirty, 'BOSH session ended');
  }
}
