import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HaproxyProcess, startHaproxy as startProcess } from '../../../test/real/haproxy.ts';

/** Makes a directory for one HAProxy's files. */
export async function proxyDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'usher-haproxy-'));
}

/**
 * Writes `files` into `directory` and starts HAProxy with the `haproxy.cfg` among them; resolves when `port` takes
 * connections. `stop` ends it and removes the directory.
 */
export async function startHaproxy(
  binary: string,
  directory: string,
  files: Readonly<Record<string, string>>,
  port: number,
): Promise<HaproxyProcess> {
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
    const configFile = join(directory, 'haproxy.cfg');
    const { pid, stop } = await startProcess({ binary, configFile, readyPort: port });
    return { pid, stop: () => stop().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
