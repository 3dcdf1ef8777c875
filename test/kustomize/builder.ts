import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { messageOf } from '../../common/errors.ts';
import { type KubeObject, kubeObject } from './kube-object.ts';

const run = promisify(execFile);
const candidates = [
  { command: 'kustomize', version: ['version'], build: ['build'] },
  { command: 'kubectl', version: ['version', '--client'], build: ['kustomize'] },
];

/** The program that builds overlays here. */
export const builder = await findBuilder();

/** Builds a folder with the real kustomize; rejects with its own words. */
export async function build(folder: string): Promise<KubeObject[]> {
  if (!builder) throw new Error('no kustomize');
  const { stdout } = await run(builder.command, [...builder.build, folder], { maxBuffer: 2 ** 25 });
  const documents = parseAllDocuments(stdout, { version: '1.1' });
  return z.array(kubeObject).parse(documents.map((document) => document.toJS()));
}

/** kustomize 5.5 or newer, alone or within kubectl; undefined where there is none. */
async function findBuilder() {
  for (const candidate of candidates) {
    const said = await run(candidate.command, candidate.version).then(({ stdout }) => stdout, messageOf);
    const [, major, minor] = /\bv(5)\.(\d+)\.\d+/.exec(said.split('\n').at(-2) ?? '') ?? [];
    if (major && Number(minor) >= 5) return candidate;
  }
  return undefined;
}
