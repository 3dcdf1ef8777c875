import { z } from 'zod';
import type { ApiServer } from './api-server.ts';

const version = z.object({ gitVersion: z.string() });

/** The version of the API server, as in `v1.34.2`. */
export async function serverVersion(server: ApiServer): Promise<string> {
  return (await server.ask('/version', version)).gitVersion;
}
