import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeObject } from './kube-object.ts';

const kustomize = join(import.meta.dirname, '../../kustomize');

/** The folder of the fleet `example` as it is in this repository. */
export const exampleFolder = join(kustomize, 'overlays/example');

/** A copy of kustomize/ in which usher itself also has this component. Gives the fleet's folder, and the one to delete. */
export async function withUsherComponent(component: string): Promise<{ fleet: string; root: string }> {
  const root = await mkdtemp(join(tmpdir(), 'usher-kustomize-'));
  await cp(kustomize, root, { recursive: true });
  const fleet = join(root, 'overlays/example');
  const file = join(fleet, 'usher/kustomization.yaml');
  const components = `\ncomponents:\n  - ../../../components/${component}\n`;
  await writeFile(file, (await readFile(file, 'utf8')) + components);
  return { fleet, root };
}

/** Of a fleet's objects, those that are no shard's. */
export function usherObjects(objects: readonly KubeObject[]): KubeObject[] {
  return objects.filter(({ metadata }) => metadata.labels['usher.dev/shard'] === undefined);
}
