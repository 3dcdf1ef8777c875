import { ApiException, KubeConfig } from '@kubernetes/client-node';
import { z } from 'zod';
import { fetchMessageOf, messageOf, UsageError, UsherError } from '../../common/errors.ts';

/** Which cluster, and as whom. Undefined: as kubectl would choose. */
export interface ClusterAccess {
  /** Path of a kubeconfig file. */
  readonly kubeconfig?: string | undefined;
  /** A context of it. */
  readonly context?: string | undefined;
}

/**
 * The configuration for the cluster's API: that of the pod inside a cluster, else KUBECONFIG or ~/.kube/config.
 *
 * @throws UsageError when the file or the context is not there
 */
export function loadKubeConfig({ kubeconfig, context }: ClusterAccess = {}): KubeConfig {
  const config = new KubeConfig();
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(kubeconfig);
  } catch (error) {
    const which = kubeconfig ?? process.env.KUBECONFIG ?? '~/.kube/config';
    throw new UsageError(`can't read the kubeconfig ${which}: ${messageOf(error)}`, { cause: error });
  }
  if (context !== undefined) {
    const known = config.getContexts().map(({ name }) => name);
    if (!known.includes(context)) {
      throw new UsageError(
        `--context: expected one of ${known.join(', ') || 'none at all'}; found "${context}"`,
      );
    }
    config.setCurrentContext(context);
  }
  return config;
}

const status = z.object({ message: z.string() });

/** What the API server answered to a request that it refused. */
export interface ApiRefusal {
  /** HTTP status: 403 forbidden, 404 not found, 409 conflict, 410 expired, 422 invalid. */
  readonly code: number;
  /** In the server's own words. */
  readonly message: string;
}

/** The API server's refusal that `error` tells of; undefined when it tells of none. */
export function refusalOf(error: unknown): ApiRefusal | undefined {
  if (!(error instanceof ApiException)) return undefined;
  const { code, body } = error;
  return { code, message: messageIn(body) ?? `HTTP ${code}` };
}

/** What `error` says, in words for an operator; `what` was being done, as in "scale deployment jitsi-eu-1/jvb". */
export function clusterError(what: string, error: unknown): UsherError {
  const refusal = refusalOf(error);
  const said = refusal === undefined ? fetchMessageOf(error) : refusal.message;
  return new UsherError(`can't ${what}: ${said}`, undefined, { cause: error });
}

function messageIn(body: unknown): string | undefined {
  try {
    return status.parse(typeof body === 'string' ? JSON.parse(body) : body).message;
  } catch {
    return undefined;
  }
}
