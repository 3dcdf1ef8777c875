import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf, UsherError } from '../../common/errors.ts';

/** A HAProxy release: `text` as the program prints it, as in `3.0.11-1+deb13u3`. */
export interface HaproxyVersion {
  major: number;
  minor: number;
  text: string;
}

const oldest = { major: 2, minor: 6 };

/** Asks the program for its version. Throws UsherError when it is missing, does not run or is older than 2.6. */
export async function readHaproxyVersion(program = 'haproxy', signal?: AbortSignal): Promise<HaproxyVersion> {
  const answer = await runVersion(program, signal);
  const [, text, major, minor] = /version ((\d+)\.(\d+)\S*)/i.exec(answer) ?? [];
  if (text === undefined) {
    throw new UsherError(
      `${program} -v: expected HAProxy's version, found ${JSON.stringify(answer.slice(0, 80))}`,
    );
  }
  const version = { major: Number(major), minor: Number(minor), text };
  if (!isAtLeast(version, oldest.major, oldest.minor)) {
    throw new UsherError(
      `${program}: HAProxy ${text} is too old, usher needs ${oldest.major}.${oldest.minor} or newer`,
    );
  }
  return version;
}

/** Whether `version` is release `major.minor` or a later one. */
export function isAtLeast(version: HaproxyVersion, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

async function runVersion(program: string, signal?: AbortSignal): Promise<string> {
  try {
    const bounds = signal === undefined ? { timeout: 5_000 } : { timeout: 5_000, signal };
    return (await promisify(execFile)(program, ['-v'], bounds)).stdout;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const found = missing ? 'there is no such program' : messageOf(error);
    throw new UsherError(
      `cannot run HAProxy as ${program}: ${found}. Install it (scripts/setup.sh does)`,
      undefined,
      {
        cause: error,
      },
    );
  }
}
