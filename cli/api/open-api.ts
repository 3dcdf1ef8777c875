import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import type { Context } from '../context.ts';
import { UsherApi } from './usher-api.ts';

/** The API of the fleet that `context` names; a UsageError when its fleet file is wrong. */
export async function openApi({ folder, signal }: Pick<Context, 'folder' | 'signal'>): Promise<UsherApi> {
  const { api } = (await readFleet(folder)).orchestrator;
  return new UsherApi(`http://${hostToReach(api.host)}:${api.port}`, signal);
}

/** Who listens on all addresses is reached on this machine's own. */
function hostToReach(host: string): string {
  if (host === '*' || host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
