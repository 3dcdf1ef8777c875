import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import { planAdd } from '../../shards/overlay/plan-add.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import { freePort, freePortRow } from '../real/free-port.ts';
import { redisHaSettings } from './redis-set.ts';

export interface TemporaryFleetOptions {
  /** Shard name -> region. */
  shards: Readonly<Record<string, string>>;
  /** Over the fleet file's defaults, in its words. */
  timings?: Readonly<Partial<Fleet['timings']>>;
  /** How bridges and shards are scaled, likewise. */
  scaling?: Readonly<Record<string, unknown>>;
  /** How many orchestrators; one leads, the others stand by. */
  orchestrators?: number;
  /** Redis with two replicas and three Sentinels, instead of one alone. */
  redisHa?: boolean;
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

/** The ports after that of its Redis are free too, for `usher up --redis-ha`. */
async function fleetFile({
  timings = {},
  scaling = {},
  orchestrators = 1,
  redisHa,
  redisUrl,
}: TemporaryFleetOptions): Promise<string> {
  const port = async () => `127.0.0.1:${await freePort()}`;
  const proxy = async (name: string) =>
    `  - name: ${name}\n    bind: ${await port()}\n    stats: ${await port()}\n` +
    // Every participant of a test comes from one address.
    `    agent: { spoe: ${await port()}, http: ${await port()} }\n    limits: { rate: { requests: 0 } }\n`;
  const apis = await Promise.all(Array.from({ length: orchestrators }, port));
  const api = apis.length === 1 ? apis[0] : `[${apis.join(', ')}]`;
  const lines = Object.entries(timings).map(([key, value]) => `  ${key}: ${value}\n`);
  const redis = redisHa
    ? ` ${await redisHaSettings()}`
    : `\n  url: ${redisUrl ?? `redis://127.0.0.1:${await freePortRow(6)}`}`;
  return [
    `name: temporary\ndriver: local\nredis:${redis}\norchestrator:\n  api: ${api}\n`,
    `proxies:\n${await proxy('proxy-1')}${await proxy('proxy-2')}`,
    `scaling: ${JSON.stringify(scaling)}\n`,
    lines.length > 0 ? `timings:\n${lines.join('')}` : '',
  ].join('');
}
