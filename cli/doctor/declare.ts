import { type Command, Option } from 'commander';
import { contextOf } from '../context.ts';
import type { Terminal } from '../terminal.ts';
import { checkNames } from './check-names.ts';
import type { DoctorFlags } from './doctor.ts';

/** Declares `usher doctor`. */
export function declareDoctor(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description('look at everything that can be wrong, and say what to do; exit code 1 when something is')
    .addOption(new Option('--only <check>', 'this check alone').choices(checkNames))
    .action(async (flags: DoctorFlags, command: Command) => {
      const { examine } = await import('./doctor.ts');
      await examine(flags, contextOf(command, terminal));
    });
}
