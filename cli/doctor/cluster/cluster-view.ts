import { messageOf } from '../../../common/errors.ts';
import type { ApiServer } from '../../cluster/api-server.ts';
import type { Manifest } from '../../cluster/manifest.ts';
import { openCluster } from '../../cluster/open-cluster.ts';
import { render } from '../../cluster/render.ts';
import type { Context } from '../../context.ts';
import type { Check } from '../check.ts';
import type { DoctorView, Reached } from '../doctor-view.ts';
import { type Finding, warn } from '../finding.ts';

/** What checks of a fleet in a cluster begin with. */
export interface ClusterView extends DoctorView {
  readonly server: ApiServer;
  /** That of usher itself. */
  readonly namespace: string;
  /** What the fleet's folder makes for the cluster. */
  readonly objects: Reached<readonly Manifest[]>;
}

/** One thing that an operator would look at in a cluster. */
export type ClusterCheck = Check<ClusterView>;

/** Adds what is known of the cluster; throws as `openCluster` does. */
export async function readClusterView(view: DoctorView, context: Context): Promise<ClusterView> {
  const server = await openCluster(context);
  const objects = await render(context.folder, context.signal).then(
    (rendered): ClusterView['objects'] => ({ ok: true, value: rendered.objects }),
    (fault: unknown): ClusterView['objects'] => ({ ok: false, reason: messageOf(fault) }),
  );
  context.signal.throwIfAborted();
  return { ...view, server, namespace: context.cluster.namespace, objects };
}

/** What `judge` finds about the fleet's objects, or why nobody knows them. */
export async function aboutObjects(
  { objects, folder }: Pick<ClusterView, 'objects' | 'folder'>,
  judge: (objects: readonly Manifest[]) => Promise<Finding[]>,
): Promise<Finding[]> {
  if (objects.ok) return judge(objects.value);
  return [warn(folder, `not looked at: ${objects.reason}`, '`usher render` must build it first')];
}
