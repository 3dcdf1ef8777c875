import { z } from 'zod';
import { fetchMessageOf, UsherError } from '../../common/errors.ts';
import type { ClusterHttp } from '../../shards/kubernetes/cluster-http.ts';
import { RefusedError } from './refused-error.ts';

/** Dry runs of large objects take a second on a busy API server; webhooks up to 30 s by Kubernetes' own limit. */
const timeoutMs = 45_000;

/** What is asked of the API server, beside the path. */
export interface Question {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Beside the command's own. */
  readonly signal?: AbortSignal;
}

/** An answer of any status. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** A cluster's API server, asked by a command; the library's own clients drop the fields that they do not know. */
export class ApiServer {
  /** The kubeconfig's context, by which people know the cluster. */
  readonly context: string;
  readonly #http: ClusterHttp;
  readonly #signal: AbortSignal;

  constructor(http: ClusterHttp, context: string, signal: AbortSignal) {
    this.context = context;
    this.#http = http;
    this.#signal = signal;
  }

  /**
   * Asks, and reads the answer by `schema`.
   *
   * @throws RefusedError when the server says no, UsherError when it is out of reach or says what nobody expects
   */
  async ask<T>(path: string, schema: z.ZodType<T>, question: Question = {}): Promise<T> {
    const answer = await this.send(path, question);
    if (answer.status >= 400) throw new RefusedError(answer.status, answer.text);
    const parsed = schema.safeParse(JSON.parse(answer.text));
    if (parsed.success) return parsed.data;
    throw new UsherError(
      `${path}: the API server's answer is not understood: ${z.prettifyError(parsed.error)}`,
    );
  }

  /** As `ask`, but undefined when there is no such thing. */
  async find<T>(path: string, schema: z.ZodType<T>, question: Question = {}): Promise<T | undefined> {
    try {
      return await this.ask(path, schema, question);
    } catch (error) {
      if (error instanceof RefusedError && error.code === 404) return undefined;
      throw error;
    }
  }

  /** Sends as it is, and gives the answer as it is; an UsherError when the server is out of reach. */
  async send(path: string, { method = 'GET', headers, signal, ...rest }: Question = {}): Promise<RawAnswer> {
    const signals = [this.#signal, AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
    try {
      const { httpStatusCode: status, body } = await this.#http.send({
        ...rest,
        ...{ method, path },
        headers: { accept: 'application/json', ...headers },
        signal: AbortSignal.any(signals),
      });
      return { status, text: await body.text() };
    } catch (error) {
      this.#signal.throwIfAborted();
      const message = `the API server of context "${this.context}" is out of reach: ${fetchMessageOf(error)}`;
      throw new UsherError(message, undefined, { cause: error });
    }
  }
}
