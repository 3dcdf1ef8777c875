import {
  type HttpMethod,
  IsomorphicFetchHttpLibrary,
  type KubeConfig,
  RequestContext,
  type ResponseContext,
} from '@kubernetes/client-node';

/** Parameters of a request; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** A request to the API server. */
export interface ClusterRequest {
  readonly method: `${HttpMethod}`;
  /** From `/api` or `/apis` on. */
  readonly path: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; `content-type` is among the headers where it is a special kind of it. */
  readonly body?: unknown;
  /** It must bound the request. */
  readonly signal: AbortSignal;
}

/** The way to a cluster's API server, with the credentials of a kubeconfig or of a pod, over connections that it keeps. */
export class ClusterHttp {
  /** How many requests it has sent. */
  sent = 0;
  readonly #config: KubeConfig;
  readonly #http = new IsomorphicFetchHttpLibrary();
  #dispatcher: ReturnType<RequestContext['getDispatcher']>;

  constructor(config: KubeConfig) {
    this.#config = config;
  }

  /** The answer, of any status. @throws Error when the API server is out of reach */
  async send({
    method,
    path,
    query = {},
    headers = {},
    body,
    signal,
  }: ClusterRequest): Promise<ResponseContext> {
    const url = new URL(`${this.#config.getCurrentCluster()?.server.replace(/\/$/, '')}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const request = new RequestContext(url.href, method as HttpMethod);
    for (const [name, value] of Object.entries({ 'content-type': 'application/json', ...headers })) {
      request.setHeaderParam(name, value);
    }
    if (body !== undefined) request.setBody(JSON.stringify(body));
    // Each time: a pod's token is renewed every hour, and others come from a program that the kubeconfig names.
    await this.#config.applySecurityAuthentication(request);
    this.#dispatcher ??= request.getDispatcher();
    if (this.#dispatcher) request.setDispatcher(this.#dispatcher);
    request.setSignal(signal);
    this.sent += 1;
    try {
      return await this.#http.send(request).toPromise();
    } catch (error) {
      // The next one reads the certificates anew: they may have been replaced.
      this.#dispatcher = undefined;
      throw error;
    }
  }
}
