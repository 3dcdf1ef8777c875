import type { HaproxyVersion } from '../config/version.ts';
import type { RuntimeClient } from './client.ts';

/** What `show info` says of the worker that answered. */
export interface ProcessInfo {
  pid: number;
  version: HaproxyVersion;
  /** A worker that a reload replaced: it serves its last connections only. */
  stopping: boolean;
}

/** Pid and version of the worker that answers. Throws RuntimeError. */
export async function readInfo(client: RuntimeClient): Promise<ProcessInfo> {
  const command = ['show', 'info'];
  const answer = await client.ask([command]);
  const info = parseInfo(answer);
  if (info === undefined) throw client.failed('refused', [command], answer);
  return info;
}

/** undefined when `answer` holds no `show info`. */
export function parseInfo(answer: string): ProcessInfo | undefined {
  const pid = /^Pid: (\d+)$/m.exec(answer)?.[1];
  const [, text, major, minor] = /^Version: ((\d+)\.(\d+)\S*)/m.exec(answer) ?? [];
  if (pid === undefined || text === undefined) return undefined;
  return {
    pid: Number(pid),
    version: { major: Number(major), minor: Number(minor), text },
    stopping: /^Stopping: 1$/m.test(answer),
  };
}
