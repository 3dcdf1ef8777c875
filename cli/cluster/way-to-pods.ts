import { z } from 'zod';
import { UsherError } from '../../common/errors.ts';
import { ApiUnreachableError, type Message } from '../api/request.ts';
import type { Way } from '../api/usher-api.ts';
import type { ApiServer } from './api-server.ts';
import { RefusedError } from './refused-error.ts';

const podList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), deletionTimestamp: z.string().optional() }),
      status: z.object({ phase: z.string().optional() }),
    }),
  ),
});
/** What the API server itself answers when it can't hand a request on. */
const failure = z.object({ kind: z.literal('Status'), message: z.string().default('') });

/**
 * The way to a cluster's orchestrators through its API server, with the kubeconfig's credentials.
 *
 * @param port on which every one of them listens
 */
export function wayThroughCluster(server: ApiServer, namespace: string, port: number): Way {
  const pods = `/api/v1/namespaces/${namespace}/pods`;

  async function bases(): Promise<string[]> {
    const query = { labelSelector: 'app.kubernetes.io/name=orchestrator' };
    const { items } = await server.ask(pods, podList, { query }).catch(rethrow);
    const running = items.filter(
      ({ metadata, status }) => status.phase === 'Running' && metadata.deletionTimestamp === undefined,
    );
    if (running.length === 0) {
      throw new ApiUnreachableError(
        `no pod of the orchestrator runs in namespace ${namespace} of context "${server.context}"; ` +
          'is usher applied there? `usher apply` does it; --namespace names another namespace',
      );
    }
    return running.map(({ metadata }) => `${pods}/${metadata.name}:${port}/proxy`);
  }

  async function send(path: string, { headers, body, signal }: Message) {
    const [plain = '', query] = path.split('?', 2);
    // It decodes paths before it hands them on, and takes the slash of a room's key for one of the path.
    const encoded = plain.replaceAll('%', '%25');
    const answer = await ask(server, { path: encoded, query, headers, body, signal });
    const failed = failure.safeParse(parseJson(answer.text));
    if (!failed.success) return answer;
    if (answer.status >= 500)
      throw new ApiUnreachableError(`the orchestrator is out of reach: ${failed.data.message}`);
    throw new UsherError(`the API server of context "${server.context}" refuses: ${failed.data.message}`);
  }

  return { bases, send };
}

function ask(
  server: ApiServer,
  { path, query, headers, body, signal }: Message & { path: string; query: string | undefined },
) {
  const question = {
    ...(body && { method: 'POST' as const, body }),
    query: Object.fromEntries(new URLSearchParams(query)),
    headers,
    signal,
  };
  return server.send(path, question).catch(rethrow);
}

/** Who waits for the API waits for the API server before it, too. */
function rethrow(error: unknown): never {
  if (!(error instanceof UsherError) || error instanceof RefusedError) throw error;
  throw new ApiUnreachableError(error.message, undefined, { cause: error });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
