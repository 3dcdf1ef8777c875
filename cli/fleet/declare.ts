import type { Command } from 'commander';
import { contextOf } from '../context.ts';
import { addDryRun } from '../flags.ts';
import type { Terminal } from '../terminal.ts';
import type { UpFlags } from './up.ts';

/** Declares `usher up`, `usher down` and `usher status`. */
export function declareFleet(program: Command, terminal: Terminal): void {
  const up = program
    .command('up')
    .description('start the fleet on this machine, and wait until it serves')
    .option(
      '--redis-ha',
      'start its own Redis with two replicas and three Sentinels, on the five ports after it',
    )
    .action(async (flags: UpFlags, command: Command) => {
      const { bringUp } = await import('./up.ts');
      await bringUp(flags, contextOf(command, terminal));
    });
  addDryRun(up);

  const down = program
    .command('down')
    .description('stop the fleet on this machine, meetings included')
    .action(async (flags: { dryRun?: true }, command: Command) => {
      const { takeDown } = await import('./down.ts');
      await takeDown(flags, contextOf(command, terminal));
    });
  addDryRun(down);

  program
    .command('status')
    .description('show the fleet at a glance: stick table, proxies, shards, changes under way')
    .action(async (_flags: object, command: Command) => {
      const { showStatus } = await import('./status.ts');
      await showStatus(contextOf(command, terminal));
    });
}
