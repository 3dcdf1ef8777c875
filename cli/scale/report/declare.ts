import { type Command, Option } from 'commander';
import { contextOf } from '../../context.ts';
import { wholeNumber } from '../../flags.ts';
import type { Terminal } from '../../terminal.ts';
import { policiesOption } from '../policies-option.ts';
import type { ReportFlags } from './report.ts';

/** Declares `usher scale report`. */
export function declareReport(scale: Command, terminal: Terminal): void {
  scale
    .command('report')
    .description('what the bridges used, what each policy would have cost, and what to set otherwise')
    .argument('[shard...]', 'which (default: all)')
    .addOption(new Option('--weeks <weeks>', 'how far back').argParser(wholeNumber).default(4))
    .addOption(policiesOption().conflicts('simulate'))
    .option('--no-simulate', 'leave out what policies would have cost')
    .option('--html <file>', 'write a page with pictures of it')
    .action(async (names: string[], flags: ReportFlags, command: Command) => {
      const { reportScaling } = await import('./report.ts');
      await reportScaling(names, flags, contextOf(command, terminal));
    });
}
