import type { NetConnectOpts, Socket } from 'node:net';
import { messageOf } from '../../common/errors.ts';
import { backoffMs, sleep } from '../../common/time.ts';
import { openConnection, parseAddress } from './connection.ts';
import { type Command, renderRequest } from './request.ts';
import { RuntimeError } from './runtime-error.ts';

/** Where the socket is and what a command may cost. */
export interface RuntimeClientOptions {
  /** A Unix socket path or `host:port`; the master socket (`-S`) works too. */
  address: string;
  /** The longest silence before or within an answer, in milliseconds. Default 5000. */
  timeoutMs?: number;
  /** `tune.bufsize` of that HAProxy, in bytes. Default 16384, HAProxy's own. */
  bufferBytes?: number;
  /** Ends the commands under way and refuses further ones. */
  signal?: AbortSignal;
  /** The pid of the worker to talk to, when `address` is the master socket. */
  worker?: number;
}

/** HAProxy's default `tune.maxrewrite`: the part of a buffer that a command had better leave free. */
const reservedBytes = 1024;
const connectAttempts = 4;
const connectBackoff = { baseMs: 25, maxMs: 200 };

/**
 * HAProxy's runtime socket: one batch of commands a connection. A connection that is left open stays
 * on the old worker after a reload and swallows what is sent to it; a fresh one reaches the worker that
 * serves now (see docs/decisions/0001-own-runtime-client.md for what that costs).
 */
export class RuntimeClient {
  readonly address: string;
  /** The most bytes of one batch, payload included. */
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
  /** The pid of the worker it talks to; undefined for the one that owns the socket. */
  readonly worker: number | undefined;
  /** Bytes that each command of a batch grows by to name that worker. */
  readonly addressBytes: number;
  readonly #options: RuntimeClientOptions;
  readonly #to: NetConnectOpts;
  readonly #timeoutMs: number;

  constructor(options: RuntimeClientOptions) {
    this.address = options.address;
    this.#to = parseAddress(options.address);
    this.#timeoutMs = options.timeoutMs ?? 5_000;
    this.maxBytes = (options.bufferBytes ?? 16_384) - reservedBytes;
    this.signal = options.signal;
    this.worker = options.worker;
    this.addressBytes = options.worker === undefined ? 0 : `@!${options.worker} `.length;
    this.#options = options;
  }

  /** A client of the worker `pid`, an old one too, through this master socket. */
  forWorker(pid: number): RuntimeClient {
    return new RuntimeClient({ ...this.#options, worker: pid });
  }

  /** The whole answer to some commands; the payload belongs to the last of them. Throws RuntimeError. */
  async ask(commands: readonly Command[], payload: readonly string[] = []): Promise<string> {
    let answer = '';
    for await (const chunk of this.#chunks(commands, payload)) answer += chunk;
    // Every command is answered with a line at least: nothing at all means that none was run.
    if (answer === '') throw this.failed('unanswered', commands, 'the connection closed without an answer');
    return answer;
  }

  /** Runs commands that say nothing when they succeed; any word from HAProxy is a refusal. Throws RuntimeError. */
  async run(commands: readonly Command[], payload: readonly string[] = []): Promise<void> {
    const answer = (await this.ask(commands, payload)).trim();
    if (answer !== '') throw this.failed('refused', commands, answer);
  }

  /** The answer line by line as it arrives, for answers too long to hold. Throws RuntimeError. */
  async *lines(command: Command): AsyncGenerator<string> {
    let rest = '';
    let answered = false;
    for await (const chunk of this.#chunks([command], [])) {
      answered = true;
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (!answered) throw this.failed('unanswered', [command], 'the connection closed without an answer');
    if (rest !== '') yield rest;
  }

  /** An error that names this socket and these commands. */
  failed(
    failure: RuntimeError['failure'],
    commands: readonly Command[],
    found: string,
    options?: ErrorOptions,
  ): RuntimeError {
    const text = commands.map((words) => words.join(' ')).join(';');
    return new RuntimeError(failure, this.address, text, found, options);
  }

  async *#chunks(commands: readonly Command[], payload: readonly string[]): AsyncGenerator<string> {
    const request = this.#render(commands, payload);
    const socket = await this.#connect(commands);
    try {
      // The half-close ends the conversation: a master socket would wait for another command.
      socket.end(request);
      for await (const chunk of socket) yield chunk;
    } catch (error) {
      throw this.failed('unanswered', commands, messageOf(error), { cause: error });
    } finally {
      socket.destroy();
    }
  }

  #render(commands: readonly Command[], payload: readonly string[]): string {
    // The master takes each command of a batch by itself, so each names its worker.
    const addressed =
      this.worker === undefined ? commands : commands.map((words) => [`@!${this.worker}`, ...words]);
    try {
      return renderRequest(addressed, payload, this.maxBytes);
    } catch (error) {
      throw this.failed('invalid', commands, messageOf(error), { cause: error });
    }
  }

  /** Retries: a reload or a full backlog refuses connections for a moment, and nothing was sent yet. */
  async #connect(commands: readonly Command[]): Promise<Socket> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await openConnection(this.#to, this.#timeoutMs, this.signal);
      } catch (error) {
        if (attempt + 1 >= connectAttempts || this.signal?.aborted) {
          throw this.failed('unreachable', commands, messageOf(error), { cause: error });
        }
        await sleep(backoffMs(attempt, connectBackoff.baseMs, connectBackoff.maxMs), this.signal);
      }
    }
  }
}
