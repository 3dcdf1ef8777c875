import type { Command } from 'commander';
import { contextOf } from '../context.ts';
import type { Terminal } from '../terminal.ts';

/** Declares `usher proxy`. */
export function declareProxies(program: Command, terminal: Terminal): void {
  const proxy = program.command('proxy').description('the HAProxies and the agents beside them');

  proxy
    .command('list')
    .description('list the proxies, and whether they are in step with the stick table')
    .action(async (_flags: object, command: Command) => {
      const { listProxies } = await import('./list.ts');
      await listProxies(contextOf(command, terminal));
    });

  proxy
    .command('diff')
    .description('show where a proxy differs from the stick table; exit code 1 when it does')
    .argument('[proxy]', 'its name; all proxies without it')
    .action(async (name: string | undefined, _flags: object, command: Command) => {
      const { diffProxies } = await import('./diff.ts');
      await diffProxies(name, contextOf(command, terminal));
    });
}
