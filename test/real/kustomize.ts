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
 * `kustomize` 5 on PATH, else the one of scripts/cluster-tools.sh, else kubectl from 1.28 on, which has one built in;
 * undefined where none is. For `describe.skipIf`.
 */
export async function findKustomize(): Promise<Kustomize | undefined> {
  // Debian's says (devel); it has packaged none before 5.
  if (/v5\.|\(devel\)/.test(await wordsOf('kustomize', 'version'))) {
    return { command: 'kustomize', args: ['build'] };
  }
  const cached = findClusterTool('kustomize');
  if (cached) return { command: cached, args: ['build'] };
  const minor = /Client Version: v1\.(\d+)/.exec(await wordsOf('kubectl', 'version', '--client'))?.[1];
  return Number(minor) >= 28 ? { command: 'kubectl', args: ['kustomize'] } : undefined;
}

/** The objects of a kustomize folder, as YAML documents. @throws Error with kustomize's words. */
export async function renderFolder(folder: string): Promise<string> {
  const kustomize = await findKustomize();
  if (!kustomize) throw new Error('no kustomize 5 is here: bash scripts/cluster-tools.sh gets it');
  const args = [...kustomize.args, folder];
  return (await run(kustomize.command, args, { maxBuffer: 64 * 1024 * 1024 })).stdout;
}

async function wordsOf(command: string, ...args: string[]): Promise<string> {
  return run(command, args).then(
    ({ stdout }) => stdout,
    () => '',
  );
}
