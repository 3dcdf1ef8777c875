import { ApiException, type KubeConfig, PatchStrategy, type ResponseContext } from '@kubernetes/client-node';
import { ClusterHttp, type ClusterRequest, type Query } from './cluster-http.ts';

/** Of one request; the API server's own bound is 60 s. */
const requestTimeoutMs = 20_000;

/** Under this name the orchestrator's changes stand in an object's managedFields. */
export const fieldManager = 'usher-orchestrator';

/**
 * Requests to the API server, by path, with answers as they came: callers read them through a schema of the few fields
 * that they use. The generated clients of the package make a new connection pool for every request, and classes with
 * every field of every object: see docs/decisions/0010.
 */
export class ClusterApi {
  readonly #http: ClusterHttp;

  constructor(config: KubeConfig) {
    this.#http = new ClusterHttp(config);
  }

  /** How many requests it has sent. */
  get sent(): number {
    return this.#http.sent;
  }

  /** @throws ApiException when the API server refuses; other errors when it is out of reach. */
  get(path: string, query: Query, signal: AbortSignal): Promise<unknown> {
    return this.#ask({ method: 'GET', path, query, signal });
  }

  /** A JSON merge patch; a `resourceVersion` in it is a condition. @throws ApiException 409 when it does not hold. */
  patch(path: string, body: object, signal: AbortSignal): Promise<unknown> {
    const headers = { 'content-type': PatchStrategy.MergePatch };
    return this.#ask({ method: 'PATCH', path, query: { fieldManager }, headers, body, signal });
  }

  /** Puts `body` in the place of what is there; its `resourceVersion` is a condition. @throws ApiException 409, 404 */
  replace(path: string, body: object, signal: AbortSignal): Promise<unknown> {
    return this.#ask({ method: 'PUT', path, query: { fieldManager }, body, signal });
  }

  /** @throws ApiException 409 when there is one of its name. */
  create(path: string, body: object, signal: AbortSignal): Promise<unknown> {
    return this.#ask({ method: 'POST', path, query: { fieldManager }, body, signal });
  }

  /** Opens an answer that goes on until either side ends it. @throws ApiException */
  async stream(path: string, query: Query, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const { body } = await this.#send({ method: 'GET', path, query, signal });
    return body.stream() ?? new ReadableStream<Uint8Array>();
  }

  async #ask(request: ClusterRequest): Promise<unknown> {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(requestTimeoutMs)]);
    const { body } = await this.#send({ ...request, signal });
    return JSON.parse(await body.text());
  }

  async #send(request: ClusterRequest): Promise<ResponseContext> {
    const response = await this.#http.send(request);
    const { httpStatusCode: code, headers, body } = response;
    if (code < 300) return response;
    throw new ApiException(code, `${request.method} ${request.path}`, await body.text(), headers);
  }
}
