import { shardFolder } from '../../shards/overlay/fleet-folder.ts';
import type { ApiServer } from '../cluster/api-server.ts';
import { neededSecrets } from '../cluster/needed-secrets.ts';
import { render } from '../cluster/render.ts';
import type { Context } from '../context.ts';
import { isYes } from '../output/confirm.ts';
import { createInCluster } from './create-in-cluster.ts';
import { shardSecret } from './password-secret.ts';
import { readKnown } from './read-known.ts';

type Asked = Pick<Context, 'folder' | 'cluster' | 'stdin' | 'stderr' | 'signal'>;

/** Where the cluster lacks a shard's passwords and somebody can be asked: makes them after a yes, and says what it made. */
export async function offerSecret(shard: string, server: ApiServer, context: Asked): Promise<string[]> {
  if (!context.stdin?.isTTY) return [];
  const folder = shardFolder(context.folder, shard);
  const secret = shardSecret(shard);
  const { objects } = await render(folder, context.signal);
  const needed = neededSecrets(objects).some(({ name }) => name === secret.name);
  if (!needed || (await readKnown(server, [secret])).missing.length === 0) return [];
  const question = `${shard} has no passwords in context "${server.context}" yet. Type yes to make them: `;
  return (await isYes(question, context)) ? createInCluster([secret], folder, false, context) : [];
}
