import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { redisKeys, tableKeys } from './keys.ts';

/** The Lua commands; each one's arguments and answers stand at the top of its file in commands/. */
const commandNames = [
  'claim',
  'bless',
  'assign',
  'hold',
  'ack',
  'flip',
  'cancel',
  'finish',
  'adopt',
  'observe',
  'retire',
  'delete',
  'put-shard',
  'take-out',
  'lead',
  'resign',
  'fence',
  'shard-out',
  'shard-up',
  'shard-down',
  'collect',
  'mark',
  'rebuild-begin',
  'rebuild-write',
  'rebuild-seat',
  'rebuild-end',
  'record-loads',
  'record-lifetimes',
  'record-scaling',
] as const;

/** The name of one. */
export type CommandName = (typeof commandNames)[number];

/** A command's answer: what it said after `ok`, or why it refused. A refusal has changed nothing. */
export type CommandAnswer = { ok: true; values: (string | number)[] } | { ok: false; reason: string };

/** What a command takes. */
export type CommandArgument = string | number | Buffer;

type Command = (...args: CommandArgument[]) => Promise<(string | number)[]>;

/** Makes the commands known to a client, once. */
export function defineCommands(redis: Redis): void {
  const shared = readLua('shared');
  for (const name of commandNames) {
    redis.defineCommand(definedName(name), {
      lua: `${shared}${readLua(name)}`,
      numberOfKeys: tableKeys.length,
    });
  }
}

/** Runs a command on a client or on a pipeline's answer. Throws what ioredis throws when Redis is out of reach. */
export async function runCommand(
  redis: Redis,
  fleet: string,
  name: CommandName,
  args: readonly CommandArgument[],
): Promise<CommandAnswer> {
  const command = Reflect.get(redis, definedName(name)) as Command;
  return toAnswer(await command.call(redis, ...redisKeys(fleet), ...args));
}

/** The name that ioredis knows a command by, on a client and on a pipeline. */
export function definedName(name: CommandName): string {
  return `usher-${name}`;
}

/** Reads what a command returned. */
export function toAnswer(returned: unknown): CommandAnswer {
  if (!Array.isArray(returned)) throw new Error(`a command of the stick table returned ${String(returned)}`);
  const [word, ...values] = returned as (string | number)[];
  return word === 'ok' ? { ok: true, values } : { ok: false, reason: String(values[0]) };
}

function readLua(name: string): string {
  return readFileSync(new URL(`./commands/${name}.lua`, import.meta.url), 'utf8');
}
