import type { Command } from 'commander';
import { contextOf } from '../context.ts';
import { addDryRun } from '../flags.ts';
import type { Terminal } from '../terminal.ts';
import type { BridgeFlags } from './tell.ts';

/** Declares `usher bridge`. */
export function declareBridges(program: Command, terminal: Terminal): void {
  const bridge = program.command('bridge').description('the video bridges, and what each one carries');

  bridge
    .command('list')
    .description('list the bridges, how they are and what they carry')
    .option('--shard <shard>', 'only those of this shard')
    .action(async (flags: { shard?: string }, command: Command) => {
      const { listBridges } = await import('./list.ts');
      await listBridges(flags.shard, contextOf(command, terminal));
    });

  for (const { verb, description } of verbs) {
    const command = bridge
      .command(verb)
      .description(description)
      .argument('<bridge>', 'its name, as in eu-1-bridge-2')
      .action(async (name: string, flags: BridgeFlags, self: Command) => {
        const { tellBridge } = await import('./tell.ts');
        await tellBridge(verb, name, flags, contextOf(self, terminal));
      });
    if (verb === 'remove') {
      command
        .option('--force', 'end it now, and cut the meetings on it; asks first')
        .option('--yes', 'do not ask');
    }
    addDryRun(command);
  }
}

const verbs = [
  { verb: 'drain', description: 'give a bridge no new conferences; those it has stay until they end' },
  { verb: 'undrain', description: 'give a bridge conferences again: takes back a drain or a removal' },
  { verb: 'remove', description: 'drain a bridge, and end it when nobody is on it' },
] as const;
