import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { findKustomize, renderFolder } from '../real/kustomize.ts';
import { type KubeObject, kubeObject } from './kube-object.ts';

/** The program that builds overlays here; undefined where there is none. */
export const builder = await findKustomize();

/** Builds a folder with the real kustomize; rejects with its own words. */
export async function build(folder: string): Promise<KubeObject[]> {
  const documents = parseAllDocuments(await renderFolder(folder), { version: '1.1' });
  return z.array(kubeObject).parse(documents.map((document) => document.toJS()));
}
