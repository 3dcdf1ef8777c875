import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ownRedis } from '../../../orchestrator/local-fleet/own-redis.ts';
import { proxyDirectory } from '../../../orchestrator/local-fleet/paths.ts';
import {
  configurationFile,
  redisNodes,
  redisSentinels,
} from '../../../orchestrator/local-fleet/redis-servers.ts';
import type { DoctorView } from '../doctor-view.ts';
import { error, type Finding, warn } from '../finding.ts';

/** Anybody but the owner. */
const others = 0o077;
/** A password in YAML that is no `{ env: NAME }`, or in a URL. */
const plainPassword = /^\s*(?:password|sentinelPassword):\s*[^\s{#]|:\/\/[^\s/@:]*:[^\s/@]+@/m;

/** Files and sockets that nobody else may read, and can. */
export async function judgeSecretFiles(view: DoctorView): Promise<Finding[]> {
  const files = [...ownFiles(view), ...(await shardFiles(view.paths.shards))];
  const findings = await Promise.all(files.map(judgeFile));
  return [...findings.flat(), ...(await judgeFleetFile(join(view.folder, 'fleet.yaml')))];
}

function ownFiles({ fleet, paths }: DoctorView): string[] {
  const sockets = fleet.proxies.flatMap(({ name }) => [join(proxyDirectory(paths, name), 'runtime.sock')]);
  const own = ownRedis(fleet);
  const servers = own ? [...redisNodes(own, paths), ...redisSentinels(own, paths)] : [];
  return [...servers.map(configurationFile), ...sockets];
}

/** What the local driver writes of each shard: its state, Prosody's configuration, the simulators'. */
async function shardFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter(({ name }) => name.endsWith('.json') || name === 'prosody.cfg.lua')
    .map(({ parentPath, name }) => join(parentPath, name));
}

async function judgeFile(file: string): Promise<Finding[]> {
  const mode = await modeOf(file);
  if (mode === undefined || (mode & others) === 0) return [];
  return [
    error(file, `others may use it (mode ${mode.toString(8)}), and it gives access`, `chmod 600 ${file}`),
  ];
}

async function judgeFleetFile(file: string): Promise<Finding[]> {
  const mode = await modeOf(file);
  if (mode === undefined || (mode & 0o007) === 0) return [];
  if (!plainPassword.test(await readFile(file, 'utf8'))) return [];
  return [
    warn(file, 'it holds a password, and all may read it', 'write `password: { env: NAME }`, or chmod 640'),
  ];
}

async function modeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ mode }) => mode & 0o777,
    () => undefined,
  );
}
