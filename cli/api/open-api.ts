import { UsageError } from '../../common/errors.ts';
import { urlToReach } from '../../haproxy/config/address.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import type { Context } from '../context.ts';
import { UsherApi } from './usher-api.ts';

/**
 * The API of the fleet that `context` names: where it says so, else in the fleet's cluster, else where the fleet file
 * says.
 *
 * @throws UsageError when the fleet file is wrong, or there is no such cluster
 */
export async function openApi(
  context: Pick<Context, 'folder' | 'signal' | 'apiUrl' | 'cluster'>,
): Promise<UsherApi> {
  const { folder, signal, apiUrl } = context;
  if (apiUrl !== undefined) return new UsherApi([baseOf(apiUrl)], signal);
  const fleet = await readFleet(folder);
  if (fleet.driver !== 'kubernetes') return new UsherApi(apiBases(fleet), signal);
  const { openCluster } = await import('../cluster/open-cluster.ts');
  const { wayThroughCluster } = await import('../cluster/way-to-pods.ts');
  const port = fleet.orchestrator.api[0]?.port ?? 0;
  return new UsherApi(wayThroughCluster(await openCluster(context), context.cluster.namespace, port), signal);
}

/** Where the APIs of a fleet's orchestrators are, seen from their own machine. */
export function apiBases({ orchestrator }: Pick<Fleet, 'orchestrator'>): string[] {
  return orchestrator.api.map(urlToReach);
}

function baseOf(text: string): string {
  const url = URL.parse(text);
  if (url && ['http:', 'https:'].includes(url.protocol)) return url.href.replace(/\/$/, '');
  throw new UsageError(`--api-url: a URL is expected, as in http://127.0.0.1:8700; found "${text}"`);
}
