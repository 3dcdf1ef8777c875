import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { planAdd } from '../../shards/overlay/plan-add.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import { freePort } from '../real/free-port.ts';

export interface TemporaryFleetOptions {
  /** Shard name -> region. */
  shards: Readonly<Record<string, string>>;
  /** Over the fleet file's defaults, in its words. */
  timings?: Readonly<Partial<Fleet['timings']>>;
  /** Where Redis is; a free port of loopback, for a Redis of the fleet's own, unless given. */
  redisUrl?: string;
}

/** A fleet's folder and state in a place of their own, on ports that were free. */
export interface TemporaryFleet {
  folder: string;
  state: string;
  fleet: Fleet;
  /** Base URLs of the proxies. */
  proxies: string[];
  /** Deletes folder and state; the fleet must be down. */
  delete(): Promise<void>;
}

/** Writes the files of a fleet with two proxies; starts nothing. */
export async function createTemporaryFleet(options: TemporaryFleetOptions): Promise<TemporaryFleet> {
  const root = await mkdtemp(join(tmpdir(), 'usher-fleet-'));
  const folder = join(root, 'fleet');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'fleet.yaml'), await fleetFile(options));
  await writeFile(
    join(folder, 'kustomization.yaml'),
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n',
  );
  for (const [name, region] of Object.entries(options.shards)) {
    await applyChanges(await planAdd(folder, shardSpec.parse({ name, region, bridges: { min: 1, max: 2 } })));
  }
  const fleet = await readFleet(folder);
  return {
    folder,
    state: join(root, 'state'),
    fleet,
    proxies: fleet.proxies.map(({ bind: [first] }) => `http://${first?.host}:${first?.port}`),
    delete: () => rm(root, { recursive: true, force: true }),
  };
}

async function fleetFile({ timings = {}, redisUrl }: TemporaryFleetOptions): Promise<string> {
  const port = async () => `127.0.0.1:${await freePort()}`;
  const proxy = async (name: string) =>
    `  - name: ${name}\n    bind: ${await port()}\n    stats: ${await port()}\n` +
    // Every participant of a test comes from one address.
    `    agent: { spoe: ${await port()}, http: ${await port()} }\n    limits: { rate: { requests: 0 } }\n`;
  const lines = Object.entries(timings).map(([key, value]) => `  ${key}: ${value}\n`);
  return [
    `name: temporary\ndriver: local\nredis:\n  url: ${redisUrl ?? `redis://${await port()}`}\norchestrator:\n  api: ${await port()}\n`,
    `proxies:\n${await proxy('proxy-1')}${await proxy('proxy-2')}`,
    lines.length > 0 ? `timings:\n${lines.join('')}` : '',
  ].join('');
}
