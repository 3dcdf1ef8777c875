import { missingSecrets } from '../../cluster/missing-secrets.ts';
import { error } from '../finding.ts';
import { aboutObjects, type ClusterCheck } from './cluster-view.ts';

/** Is every Secret there that a pod waits for? */
export const secretsCheck: ClusterCheck = {
  name: 'credentials',
  about: 'every Secret that pods need is in the cluster',
  live: false,
  run: (view) =>
    aboutObjects(view, async (objects) => {
      const missing = await missingSecrets(view.server, objects);
      return missing.map((what) => error(view.server.context, what, 'make it: its pods wait for it'));
    }),
};
