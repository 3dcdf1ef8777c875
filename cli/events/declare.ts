import { type Command, Option } from 'commander';
import { contextOf } from '../context.ts';
import { duration } from '../duration.ts';
import { wholeNumber } from '../flags.ts';
import type { Terminal } from '../terminal.ts';
import type { EventsFlags } from './show-events.ts';

/** Declares `usher events`. */
export function declareEvents(program: Command, terminal: Terminal): void {
  program
    .command('events')
    .description('show what usher decided, what operators asked for, and how rooms came and went')
    .option('--follow', 'go on with what happens, until Ctrl-C; with --json one document a line')
    .option('--room <room>', 'only those about this room: its URL, TENANT/NAME, NAME, JID or key')
    .option('--shard <shard>', 'only those about this shard, or incarnation')
    .addOption(new Option('--since <time>', 'none older than this, as in 10m').argParser(duration))
    .addOption(
      new Option('--limit <number>', 'only the last ones, so many').argParser(wholeNumber).default(100),
    )
    .action(async (flags: EventsFlags, command: Command) => {
      const { showEvents } = await import('./show-events.ts');
      await showEvents(flags, contextOf(command, terminal));
    });
}
