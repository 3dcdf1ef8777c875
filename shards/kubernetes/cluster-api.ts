import {
  ApiException,
  HttpMethod,
  IsomorphicFetchHttpLibrary,
  type KubeConfig,
  PatchStrategy,
  RequestContext,
  type ResponseContext,
} from '@kubernetes/client-node';

/** Of one request; the API server's own bound is 60 s. */
const requestTimeoutMs = 20_000;

/** Under this name the orchestrator's changes stand in an object's managedFields. */
export const fieldManager = 'usher-orchestrator';

/** Parameters of a request; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Requests to the API server, by path, with answers as they came: callers read them through a schema of the few fields
 * that they use. The generated clients of the package make a new connection pool for every request, and classes with
 * every field of every object: see docs/decisions/0010.
 */
export class ClusterApi {
  /** How many requests it has sent. */
  sent = 0;
  readonly #config: KubeConfig;
  readonly #http = new IsomorphicFetchHttpLibrary();
  #dispatcher: ReturnType<RequestContext['getDispatcher']>;

  constructor(config: KubeConfig) {
    this.#config = config;
  }

  /** @throws ApiException when the API server refuses; other errors when it is out of reach. */
  get(path: string, query: Query, signal: AbortSignal): Promise<unknown> {
    return this.#ask(this.#request(HttpMethod.GET, path, query), signal);
  }

  /** A JSON merge patch; a `resourceVersion` in it is a condition. @throws ApiException 409 when it does not hold. */
  patch(path: string, body: object, signal: AbortSignal): Promise<unknown> {
    const request = this.#request(HttpMethod.PATCH, path, { fieldManager });
    return this.#ask(withBody(request, body, PatchStrategy.MergePatch), signal);
  }

  /** Puts `body` in the place of what is there; its `resourceVersion` is a condition. @throws ApiException 409, 404 */
  replace(path: string, body: object, signal: AbortSignal): Promise<unknown> {
    const request = this.#request(HttpMethod.PUT, path, { fieldManager });
    return this.#ask(withBody(request, body, 'application/json'), signal);
  }

  /** @throws ApiException 409 when there is one of its name. */
  create(path: string, body: object, signal: AbortSignal): Promise<unknown> {
    const request = this.#request(HttpMethod.POST, path, { fieldManager });
    return this.#ask(withBody(request, body, 'application/json'), signal);
  }

  /** Opens an answer that goes on until either side ends it. @throws ApiException */
  async stream(path: string, query: Query, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const { body } = await this.#send(this.#request(HttpMethod.GET, path, query), signal);
    return body.stream() ?? new ReadableStream<Uint8Array>();
  }

  #request(method: HttpMethod, path: string, query: Query): RequestContext {
    const url = new URL(`${this.#config.getCurrentCluster()?.server}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return new RequestContext(url.href, method);
  }

  async #ask(request: RequestContext, signal: AbortSignal): Promise<unknown> {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]);
    const { body } = await this.#send(request, bounded);
    return JSON.parse(await body.text());
  }

  async #send(request: RequestContext, signal: AbortSignal): Promise<ResponseContext> {
    // Each time: a pod's token is renewed every hour.
    await this.#config.applySecurityAuthentication(request);
    this.#dispatcher ??= request.getDispatcher();
    if (this.#dispatcher) request.setDispatcher(this.#dispatcher);
    request.setSignal(signal);
    this.sent += 1;
    const response = await this.#http
      .send(request)
      .toPromise()
      .catch((error: unknown) => {
        // The next one reads the certificates anew: they may have been replaced.
        this.#dispatcher = undefined;
        throw error;
      });
    const { httpStatusCode: code, headers, body } = response;
    if (code < 300) return response;
    throw new ApiException(
      code,
      `${request.getHttpMethod()} ${request.getUrl()}`,
      await body.text(),
      headers,
    );
  }
}

function withBody(request: RequestContext, body: object, contentType: string): RequestContext {
  request.setHeaderParam('Content-Type', contentType);
  request.setBody(JSON.stringify(body));
  return request;
}
