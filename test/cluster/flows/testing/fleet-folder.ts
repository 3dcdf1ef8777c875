import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { usher } from '../../../../cli/testing/usher.ts';
import { quickTimings } from '../../../fleet/running-fleet.ts';

/** Where Redis and the proxies of a fleet are, beside its cluster: no pod has such addresses. */
export const addresses = { redis: '10.2.0.1', proxies: ['10.2.0.2', '10.2.0.3'] } as const;

/** Clients' port of every proxy. */
export const clientPort = 8080;

/**
 * Makes the folder of a fleet as an operator would, by `usher init` and `usher shard add`, with quick timings; its
 * Redis and its proxies run beside the cluster. Returns the folder.
 *
 * @param shards their bounds of bridges by name; `eu-1` must be among them
 */
export async function makeFleetFolder(
  root: string,
  shards: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = join(root, 'kustomize/overlays/flows');
  await succeed(
    'init',
    join(root, 'kustomize'),
    '--name',
    'flows',
    '--public-url',
    'https://meet.example.org',
  );
  await writeFile(join(folder, 'fleet.yaml'), fleetFile());
  await edit(join(folder, 'usher/kustomization.yaml'), (text) =>
    text.replace(/count: \d+\n/, 'count: 0\n  - name: redis\n    count: 0\n'),
  );
  for (const [name, bridges] of Object.entries(shards)) {
    if (name === 'eu-1') await setBridges(folder, name, bridges);
    else await succeed('shard', 'add', name, '--region', 'eu', '--bridges', bridges, '--fleet', folder);
  }
  return folder;
}

/** Writes other bounds of bridges, as in `2..5`, into a shard's overlay. */
export function setBridges(folder: string, shard: string, bridges: string): Promise<void> {
  const file = join(folder, 'shards', shard, 'kustomization.yaml');
  return edit(file, (text) => text.replace(/BRIDGES=\S+/, `BRIDGES=${bridges}`));
}

function fleetFile(): string {
  const proxies = addresses.proxies.map(
    (host, number) =>
      `  - name: proxy-${number}\n    bind: ${host}:${clientPort}\n    stats: ${host}:8404\n` +
      `    agent: { spoe: ${host}:8200, http: ${host}:8300 }\n    limits: { rate: { requests: 0 } }\n`,
  );
  const timings = Object.entries(quickTimings).map(([key, value]) => `  ${key}: ${value}\n`);
  return [
    `name: flows\ndriver: kubernetes\nredis: { url: redis://${addresses.redis}:6379 }\n`,
    'orchestrator: { api: 0.0.0.0:8700 }\n',
    `proxies:\n${proxies.join('')}timings:\n${timings.join('')}`,
  ].join('');
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')));
}

async function succeed(...words: string[]): Promise<void> {
  const { code, stderr } = await usher(words);
  if (code !== 0) throw new Error(`usher ${words.join(' ')}: ${stderr}`);
}
