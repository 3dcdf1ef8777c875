import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf, UsageError, UsherError } from '../../common/errors.ts';

const run = promisify(execFile);
/** A fleet of 200 shards takes some 15 s. */
const timeoutMs = 120_000;
/** 200 shards are some 10 MiB. */
const maxBuffer = 256 * 1024 * 1024;

/** A command line that builds the folder which is put behind it. */
export type KustomizeCommand = readonly [string, ...string[]];

/**
 * kustomize 5 or newer, else kubectl 1.27 or newer, which has one within.
 *
 * @throws UsageError when neither is on the path, naming what is and how to get one
 */
export async function findKustomize(signal: AbortSignal): Promise<KustomizeCommand> {
  const found: string[] = [];
  for (const { program, ask, build, enough } of programs) {
    const text = await said(program, ask, signal);
    if (text === undefined) continue;
    const version = /v(\d+)\.(\d+)\.\d+/.exec(text);
    const [major, minor] = [Number(version?.[1]), Number(version?.[2])];
    // Debian's own says no more; it has packaged none before 5.
    if (text.includes('(devel)') || enough(major, minor)) return [program, ...build];
    found.push(`${program} ${version?.[0] ?? 'of an unknown version'}`);
  }
  const instead = found.length > 0 ? `found only ${found.join(' and ')}` : 'found neither';
  throw new UsageError(
    `kustomize 5 or newer, or kubectl 1.27 or newer, must be on the path; ${instead}; ` +
      'see https://kubectl.docs.kubernetes.io/installation/kustomize/',
  );
}

/** The objects of a folder as YAML, as Argo CD and Flux would build it; a UsageError says what kustomize says. */
export async function kustomizeBuild(
  [program, ...words]: KustomizeCommand,
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  try {
    return (await run(program, [...words, folder], { signal, timeout: timeoutMs, maxBuffer })).stdout;
  } catch (error) {
    signal.throwIfAborted();
    throw new UsageError(`kustomize can't build ${folder}: ${wordsOf(error)}`, { cause: error });
  }
}

const programs = [
  {
    program: 'kustomize',
    ask: ['version'],
    build: ['build'],
    enough: (major: number) => major >= 5,
  },
  {
    program: 'kubectl',
    ask: ['version', '--client'],
    build: ['kustomize'],
    enough: (major: number, minor: number) => major > 1 || (major === 1 && minor >= 27),
  },
] as const;

/** What a program answers; undefined when there is no such program. */
async function said(
  program: string,
  words: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return (await run(program, [...words], { signal, timeout: 10_000 })).stdout;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UsherError(`${program} ${words.join(' ')} fails: ${wordsOf(error)}`, undefined, {
      cause: error,
    });
  }
}

function wordsOf(error: unknown): string {
  const own = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
  return own === '' ? messageOf(error) : own.replace(/^Error: /i, '');
}
