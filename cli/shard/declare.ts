import { type Command, Option } from 'commander';
import { contextOf } from '../context.ts';
import { addForceConflicts } from '../deploy/declare.ts';
import { duration } from '../duration.ts';
import { addChangeFlags, type ChangeFlags } from '../flags.ts';
import type { Terminal } from '../terminal.ts';
import { declareUpgrade } from '../upgrade/declare.ts';
import type { Change, ShardChangeFlags } from './change.ts';
import type { DeliveryFlags } from './delivery.ts';
import type { AddFlags } from './parse-spec.ts';

/** A shard is up in a minute or not at all; a bridge of a cloud takes four. */
const startSeconds = 600;
/** Meetings end when their people leave. */
const drainSeconds = 86_400;

/** Declares `usher shard`. */
export function declareShards(program: Command, terminal: Terminal): void {
  const shard = program.command('shard').description('the shards: each one Prosody, Jicofo, web and bridges');
  const nameArgument = ['<shard>', 'its name, as in eu-1'] as const;

  const add = shard
    .command('add')
    .description("add a shard: writes its overlay into the fleet's folder, for the orchestrator to make real")
    .argument(...nameArgument)
    .requiredOption('--region <region>', 'where its bridges are, as in eu')
    .requiredOption('--bridges <min..max>', 'how many bridges it may have, as in 2..8')
    .option('--pool <pool>', 'the set of shards it belongs to', 'main')
    .option('--weight <percent>', 'its share of new rooms, in percent of the usual share', '100')
    .option('--signalling-participants <number>', "its signalling's limit (default: the fleet's own)")
    .option('--image-tag <tag>', "the version of its images (default: the fleet's own)")
    .action(async (name: string, flags: AddFlags & ChangeFlags & DeliveryFlags, command: Command) => {
      const { addShard } = await import('./add.ts');
      await addShard(name, flags, contextOf(command, terminal));
    });
  addDeliveryFlags(addChangeFlags(add, startSeconds));

  shard
    .command('list')
    .description('list the shards, how they are and what they carry')
    .action(async (_flags: object, command: Command) => {
      const { listShards } = await import('./list.ts');
      await listShards(contextOf(command, terminal));
    });

  shard
    .command('show')
    .description('show one shard and its bridges')
    .argument(...nameArgument)
    .action(async (name: string, _flags: object, command: Command) => {
      const { showShard } = await import('./show.ts');
      await showShard(name, contextOf(command, terminal));
    });

  for (const { change, description, seconds } of changes) {
    const command = shard
      .command(change)
      .description(description)
      .argument(...nameArgument)
      .action(async (name: string, flags: ShardChangeFlags, self: Command) => {
        const { changeShard } = await import('./change.ts');
        await changeShard(change, name, flags, contextOf(self, terminal));
      });
    addLeavingFlags(command, change);
    addChangeFlags(command, seconds);
    if (change === 'remove') addDeliveryFlags(command);
  }
  declareUpgrade(shard, terminal);
}

/** How a fleet in a cluster hears of it. */
function addDeliveryFlags(command: Command): void {
  command.addOption(
    new Option('--apply', 'do it in the cluster, too (driver kubernetes); implies --wait').implies({
      wait: true,
    }),
  );
  command.option('--commit', 'commit it, for Argo CD or Flux (driver kubernetes); never pushes');
  if (command.name() === 'add') addForceConflicts(command);
}

/** What becomes of the rooms of a shard that its operator wants empty. */
function addLeavingFlags(command: Command, change: Change): void {
  if (change === 'drain') {
    command.addOption(
      new Option('--deadline <time>', 'when its rooms should have left, as in 2h').argParser(duration),
    );
    command.option('--force', 'cut the rooms that are left at the deadline, or now without one; asks first');
  }
  if (change === 'remove') {
    command.option('--drain', 'remove it when its rooms have ended by themselves');
    command.option('--force', 'cut its rooms and remove it now; asks first');
    command.option(
      '--delete-foreign',
      'with --apply: delete what others put into its namespace, too; asks first',
    );
  }
  if (change === 'drain' || change === 'remove') command.option('--yes', 'do not ask first');
}

const changes = [
  { change: 'cordon', description: 'give a shard no new rooms; those it has go on', seconds: startSeconds },
  {
    change: 'uncordon',
    description: 'give a shard new rooms again: takes back a cordon, a drain or a removal under way',
    seconds: startSeconds,
  },
  {
    change: 'drain',
    description: 'empty a shard: no new rooms, and those it has stay until their people leave',
    seconds: drainSeconds,
  },
  {
    change: 'remove',
    description: 'delete a shard and its overlay; refused while rooms live on it, unless --drain or --force',
    seconds: drainSeconds,
  },
] as const;
