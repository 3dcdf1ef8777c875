import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, UsherError } from '../../common/errors.ts';
import type { ShardSpec } from '../spec/schema.ts';

const localShard = z.object({
  name: z.string(),
  region: z.string(),
  /** Passwords of the auth domain's users. */
  users: z.object({ focus: z.string(), jvb: z.string() }),
  /** Names of its bridges. */
  bridges: z.array(z.string()),
  /** What its parts say of their version. */
  imageTag: z.string().optional(),
});

/** What must outlive the processes of a local shard, besides its ports. */
export type LocalShard = z.infer<typeof localShard>;

/** The shard as recorded, or a new one, brought to what `spec` asks for. */
export function localShardOf(spec: ShardSpec, recorded: LocalShard | undefined): LocalShard {
  const bridges = withBridges(spec.name, recorded?.bridges ?? [], spec.bridges.min);
  const users = recorded?.users ?? { focus: password(), jvb: password() };
  return { name: spec.name, region: spec.region, users, bridges, imageTag: spec.imageTag };
}

/** These bridges of `shard`, and new ones up to `count`. */
export function withBridges(shard: string, present: readonly string[], count: number): string[] {
  const bridges = [...present];
  for (let number = 1; bridges.length < count; number += 1) {
    const name = `${shard}-bridge-${number}`;
    if (!bridges.includes(name)) bridges.push(name);
  }
  return bridges;
}

/** The shard recorded in this folder, if there is one. @throws UsherError when the file holds something else. */
export function readLocalShard(directory: string): LocalShard | undefined {
  const file = stateFile(directory);
  if (!existsSync(file)) return undefined;
  try {
    return localShard.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new UsherError(
      `${file}: not the state of a local shard: ${messageOf(error)}; delete it to start afresh`,
    );
  }
}

/** Records the shard, whole or not at all; readable by the owner only. */
export function writeLocalShard(directory: string, shard: LocalShard): void {
  mkdirSync(directory, { recursive: true });
  const file = stateFile(directory);
  writeFileSync(`${file}.new`, `${JSON.stringify(shard, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** All shards recorded in folders of `root`, by name. */
export function listLocalShards(root: string): LocalShard[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort()
    .flatMap((name) => readLocalShard(join(root, name)) ?? []);
}

/** The process names of a shard's parts; a bridge's process has the bridge's name. */
export function processNames({ name }: LocalShard): { prosody: string; jicofo: string; web: string } {
  return { prosody: `${name}-prosody`, jicofo: `${name}-jicofo`, web: `${name}-web` };
}

function stateFile(directory: string): string {
  return join(directory, 'shard.json');
}

function password(): string {
  return randomBytes(16).toString('hex');
}
