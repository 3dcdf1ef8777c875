import { globSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type HaproxyVersion, readHaproxyVersion } from '../version.ts';

/** A HAProxy to test with; without `version` it is not on this machine, and `title` says so. */
export interface TestHaproxy {
  title: string;
  program: string;
  version: HaproxyVersion | undefined;
}

/** The long-term releases that scripts/haproxy-versions.sh fetches. */
const wantedSeries = ['3.0', '3.2'];

/** The machine's own HAProxy and the newer ones that were fetched. For `describe.skipIf(!version)`. */
export async function testHaproxies(): Promise<TestHaproxy[]> {
  const own = await readHaproxyVersion();
  const newer = wantedSeries.filter((series) => !own.text.startsWith(`${series}.`)).map(fetched);
  return [{ title: `HAProxy ${own.text}`, program: 'haproxy', version: own }, ...(await Promise.all(newer))];
}

async function fetched(series: string): Promise<TestHaproxy> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'usher', 'haproxy');
  for (const program of globSync(join(cache, `${series}.*`, 'haproxy'))) {
    const version = await readHaproxyVersion(program).catch(() => undefined);
    if (version) return { title: `HAProxy ${version.text}`, program, version };
  }
  return {
    title: `HAProxy ${series} (not here: scripts/haproxy-versions.sh)`,
    program: '',
    version: undefined,
  };
}
