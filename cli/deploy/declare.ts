import type { Command } from 'commander';
import { contextOf } from '../context.ts';
import { addDryRun } from '../flags.ts';
import type { Terminal } from '../terminal.ts';
import type { ApplyFlags } from './apply.ts';

/** Declares `usher render`, `usher diff` and `usher apply`. */
export function declareDeploy(program: Command, terminal: Terminal): void {
  const shardArgument = ['[shard]', 'its name, as in eu-1 (default: the whole fleet)'] as const;

  program
    .command('render')
    .description('print the objects of a shard or of the whole fleet, as kustomize builds them')
    .argument(...shardArgument)
    .action(async (shard: string | undefined, _flags: object, command: Command) => {
      const { printRendered } = await import('./print-rendered.ts');
      await printRendered(shard, contextOf(command, terminal));
    });

  program
    .command('diff')
    .description('show what applying would change in the cluster; ends with 1 if anything')
    .argument(...shardArgument)
    .action(async (shard: string | undefined, _flags: object, command: Command) => {
      const { diffCluster } = await import('./diff.ts');
      await diffCluster(shard, contextOf(command, terminal));
    });

  const apply = program
    .command('apply')
    .description(
      'apply a shard or the whole fleet to the cluster, all or nothing of what can be known before',
    )
    .argument(...shardArgument)
    .action(async (shard: string | undefined, flags: ApplyFlags, command: Command) => {
      const { applyToCluster } = await import('./apply.ts');
      await applyToCluster(shard, flags, contextOf(command, terminal));
    });
  addDryRun(addForceConflicts(apply));
}

/** Adds `--force-conflicts`. */
export function addForceConflicts(command: Command): Command {
  return command.option('--force-conflicts', 'take over fields that others have set to other values');
}
