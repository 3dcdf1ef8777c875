import type { Command } from 'commander';
import { contextOf } from '../context.ts';
import type { Terminal } from '../terminal.ts';
import type { AgentFlags } from './agent.ts';
import type { OrchestratorFlags } from './which-orchestrator.ts';

/** Declares the commands that a fleet's processes are; they run until SIGTERM and log to stderr. */
export function declareProcesses(program: Command, terminal: Terminal): void {
  program
    .command('agent')
    .description('run the agent beside one HAProxy')
    .requiredOption('--proxy <proxy>', 'the proxy, as the fleet file names it')
    .option('--host <address>', "this pod's address, where the fleet file has its name (driver kubernetes)")
    .action(async (flags: AgentFlags, command: Command) => {
      const { startAgent } = await import('./agent.ts');
      await startAgent(flags, contextOf(command, terminal));
    });

  program
    .command('await-empty', { hidden: true })
    .description('wait until nobody is connected to a HAProxy; before its pod ends')
    .requiredOption('--proxy <proxy>', 'the proxy, as the fleet file names it')
    .action(async (flags: { proxy: string }, command: Command) => {
      const { awaitProxyEmpty } = await import('./await-empty.ts');
      await awaitProxyEmpty(flags.proxy, contextOf(command, terminal));
    });

  program
    .command('orchestrator')
    .description('run an orchestrator: serves the API, and while it leads, watches shards and decides')
    .option(
      '--api <address>',
      "which of the fleet file's orchestrator.api it serves, where it names several; in Kubernetes, where others reach it",
    )
    .option('--name <name>', "this pod's name (driver kubernetes)")
    .action(async (flags: OrchestratorFlags, command: Command) => {
      const { startOrchestrator } = await import('./orchestrator.ts');
      await startOrchestrator(flags, contextOf(command, terminal));
    });

  program
    .command('supervise', { hidden: true })
    .description('keep the processes of a fleet on this machine alive; `usher up` starts it')
    .action(async (_flags: object, command: Command) => {
      const { supervise } = await import('./supervise.ts');
      await supervise(contextOf(command, terminal));
    });
}
