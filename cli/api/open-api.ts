import { urlToReach } from '../../haproxy/config/address.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import type { Context } from '../context.ts';
import { UsherApi } from './usher-api.ts';

/** The API of the fleet that `context` names; a UsageError when its fleet file is wrong. */
export async function openApi({ folder, signal }: Pick<Context, 'folder' | 'signal'>): Promise<UsherApi> {
  return new UsherApi(apiBases(await readFleet(folder)), signal);
}

/** Where the APIs of a fleet's orchestrators are, seen from their own machine. */
export function apiBases({ orchestrator }: Pick<Fleet, 'orchestrator'>): string[] {
  return orchestrator.api.map(urlToReach);
}
