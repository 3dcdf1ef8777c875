import type { Command } from 'commander';
import { contextOf } from '../context.ts';
import { addDryRun } from '../flags.ts';
import type { Terminal } from '../terminal.ts';
import type { RebuildFlags } from './rebuild.ts';

/** Declares `usher table`. */
export function declareTable(program: Command, terminal: Terminal): void {
  const table = program.command('table').description('the stick table: where every room sits');
  const rebuild = table
    .command('rebuild')
    .description('let a rebuild that is under way go on without those who do not answer')
    .requiredOption('--force', 'rooms that only those know of may then be seated a second time')
    .action(async (flags: RebuildFlags, command: Command) => {
      const { forceRebuild } = await import('./rebuild.ts');
      await forceRebuild(flags, contextOf(command, terminal));
    });
  addDryRun(rebuild);
}
