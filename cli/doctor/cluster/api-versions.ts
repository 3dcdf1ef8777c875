import { Discovery } from '../../cluster/discovery.ts';
import { wordsFor } from '../../cluster/manifest.ts';
import { serverVersion } from '../../cluster/server-version.ts';
import { error } from '../finding.ts';
import { aboutObjects, type ClusterCheck } from './cluster-view.ts';

/** Does the cluster know every kind of object that the fleet consists of? */
export const apiVersionsCheck: ClusterCheck = {
  name: 'versions',
  about: 'the cluster has the API versions that the fleet needs',
  live: false,
  run: (view) =>
    aboutObjects(view, async (objects) => {
      const discovery = new Discovery(view.server);
      const byKind = new Map(objects.map((object) => [`${object.kind} of ${object.apiVersion}`, object]));
      const where = `context "${view.server.context}" (Kubernetes ${await serverVersion(view.server)})`;
      const unknown = [];
      for (const [kind, object] of byKind) {
        if (await discovery.find(object)) continue;
        const advice = `install what brings it, or leave ${wordsFor(object)} out of the fleet`;
        unknown.push(error(where, `has no ${kind}`, advice));
      }
      return unknown;
    }),
};
