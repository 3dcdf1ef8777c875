import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import type { Context } from '../context.ts';
import { urlToReach } from './host-to-reach.ts';
import { UsherApi } from './usher-api.ts';

/** The API of the fleet that `context` names; a UsageError when its fleet file is wrong. */
export async function openApi({ folder, signal }: Pick<Context, 'folder' | 'signal'>): Promise<UsherApi> {
  const { api } = (await readFleet(folder)).orchestrator;
  return new UsherApi(urlToReach(api), signal);
}
