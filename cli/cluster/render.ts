import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { UsageError } from '../../common/errors.ts';
import { findKustomize, kustomizeBuild } from './kustomize.ts';
import { type Manifest, manifest } from './manifest.ts';

/** What kustomize makes of a folder. */
export interface Rendered {
  /** YAML, to the byte what `kustomize build` prints. */
  readonly text: string;
  readonly objects: readonly Manifest[];
}

/** Builds a folder by kustomize; throws as `findKustomize` and `kustomizeBuild` do. */
export async function render(folder: string, signal: AbortSignal): Promise<Rendered> {
  const text = await kustomizeBuild(await findKustomize(signal), folder, signal);
  return { text, objects: parseObjects(text, folder) };
}

/** The objects in a text of YAML documents; a UsageError when one is none. `from` is only named in messages. */
export function parseObjects(text: string, from: string): Manifest[] {
  const documents = parseAllDocuments(text);
  const objects = 'empty' in documents ? [] : documents.map((document) => document.toJS());
  return objects.map((object, index) => {
    const parsed = manifest.safeParse(object);
    if (parsed.success) return parsed.data;
    const why = z.prettifyError(parsed.error).split('\n').join(' ');
    throw new UsageError(`${from}: what is built as number ${index + 1} is no object of Kubernetes: ${why}`);
  });
}
