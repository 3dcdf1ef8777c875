import { z } from 'zod';
import { UsherError } from '../../common/errors.ts';
import { namespaceOf } from '../../shards/kubernetes/names.ts';
import type { ApiServer } from './api-server.ts';

const configMap = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).default({}) }),
});

/**
 * An UsherError unless the orchestrator has written on the shard that it is removed, or nothing of it is there: that a
 * list does not show a shard may also mean that nobody has looked yet.
 */
export async function refuseUnlessRemoved(server: ApiServer, shard: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespaceOf(shard)}/configmaps/shard`;
  const found = await server.find(path, configMap);
  if (!found || 'usher.dev/removed' in found.metadata.annotations) return;
  throw new UsherError(
    `the orchestrator has not removed shard ${shard}: ConfigMap ${namespaceOf(shard)}/shard has no usher.dev/removed; ` +
      '--force deletes it all the same',
  );
}
