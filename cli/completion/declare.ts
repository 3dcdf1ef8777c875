import { Argument, type Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { shells } from './shells.ts';

/** Declares `usher completion`, and the hidden command that its scripts call at each press of TAB. */
export function declareCompletion(program: Command, terminal: Terminal): void {
  program
    .command('completion')
    .description('print a script that completes `usher` command lines, for your shell to read')
    .addArgument(new Argument('<shell>', 'your shell').choices(shells))
    .addHelpText('after', '\nbash: source <(usher completion bash)\nzsh:  source <(usher completion zsh)')
    .addHelpText('after', 'fish: usher completion fish | source')
    .action(async (shell: (typeof shells)[number]) => {
      const { completionScript } = await import('./scripts.ts');
      terminal.stdout.write(completionScript(shell));
    });

  program
    .command('complete', { hidden: true })
    .description('print the words that may stand last in a command line')
    .argument('[words...]', 'the command line without `usher`; the last word is the one begun')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (words: string[]) => {
      const { complete } = await import('./complete.ts');
      const found = await complete(program, words);
      terminal.stdout.write(found.map((word) => `${word}\n`).join(''));
    });
}
