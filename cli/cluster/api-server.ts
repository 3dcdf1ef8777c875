import { request as requestHttp } from 'node:http';
import { type RequestOptions, request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import type { KubeConfig } from '@kubernetes/client-node';
import { z } from 'zod';
import { messageOf, UsageError, UsherError } from '../../common/errors.ts';
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

/**
 * A cluster's API server, asked with the credentials of a kubeconfig. The library's own clients are of no use here:
 * they drop the fields that they do not know, which the server would have refused.
 */
export class ApiServer {
  /** The kubeconfig's context, by which people know the cluster. */
  readonly context: string;
  readonly #config: KubeConfig;
  readonly #server: string;
  readonly #signal: AbortSignal;

  /** @throws UsageError when the kubeconfig names no cluster */
  constructor(config: KubeConfig, signal: AbortSignal) {
    const server = config.getCurrentCluster()?.server;
    if (server === undefined) throw new UsageError('the kubeconfig names no cluster; --context chooses one');
    this.context = config.getCurrentContext();
    this.#config = config;
    this.#server = server;
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
  async send(
    path: string,
    { method = 'GET', query = {}, body, headers = {}, signal }: Question = {},
  ): Promise<RawAnswer> {
    const url = new URL(`${this.#server.replace(/\/$/, '')}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const options: RequestOptions = {
      method,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      signal: AbortSignal.any([this.#signal, AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]),
    };
    try {
      // Credentials may come from a program that the kubeconfig names.
      await this.#config.applyToHTTPSOptions(options);
      return await exchange(url, options, body === undefined ? undefined : JSON.stringify(body));
    } catch (error) {
      this.#signal.throwIfAborted();
      const message = `the API server of context "${this.context}" (${url.host}) is out of reach: ${messageOf(error)}`;
      throw new UsherError(message, undefined, { cause: error });
    }
  }
}

function exchange(url: URL, options: RequestOptions, body: string | undefined): Promise<RawAnswer> {
  const send = url.protocol === 'http:' ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    const request = send(url, options, (response) => {
      text(response).then((said) => resolve({ status: response.statusCode ?? 0, text: said }), reject);
    });
    request.once('error', reject);
    request.end(body);
  });
}
