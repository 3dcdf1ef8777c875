import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findClusterTool } from './cluster-tools.ts';

const run = promisify(execFile);

/** How to render a folder: a program, and its arguments before the folder. */
export interface Kustomize {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * kustomize 5.5 or newer: the one on PATH, else that of scripts/cluster-tools.sh, else the one within kubectl;
 * undefined where none is. For `describe.skipIf`.
 */
export async function findKustomize(): Promise<Kustomize | undefined> {
  if (await isRecent('kustomize', 'version')) return { command: 'kustomize', args: ['build'] };
  const cached = findClusterTool('kustomize');
  if (cached) return { command: cached, args: ['build'] };
  const kubectl = { command: 'kubectl', args: ['kustomize'] };
  return (await isRecent('kubectl', 'version', '--client')) ? kubectl : undefined;
}

/** The objects of a kustomize folder, as YAML documents. @throws Error with kustomize's words. */
export async function renderFolder(folder: string): Promise<string> {
  const kustomize = await findKustomize();
  if (!kustomize) throw new Error('no kustomize 5 is here: bash scripts/cluster-tools.sh gets it');
  const args = [...kustomize.args, folder];
  return (await run(kustomize.command, args, { maxBuffer: 64 * 1024 * 1024 })).stdout;
}

/** Debian's own says `(devel)`; it has packaged none before 5.6. kubectl tells of kustomize in its second line. */
async function isRecent(command: string, ...args: string[]): Promise<boolean> {
  const said = await run(command, args).then(
    ({ stdout }) => stdout.trim().split('\n').at(-1) ?? '',
    () => '',
  );
  const minor = /\bv5\.(\d+)\.\d+/.exec(said)?.[1];
  return said === '(devel)' || Number(minor) >= 5;
}
