import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** What every command is told beside its own arguments. */
export interface Context extends Terminal {
  /** The fleet's folder, with fleet.yaml and the shards' overlays. */
  readonly folder: string;
  /** Where a fleet on this machine keeps its state; undefined: the usual place. */
  readonly state: string | undefined;
  /** Results as one JSON document. */
  readonly json: boolean;
  /** The command line of `usher <command>` for this same fleet, to be shown to the operator. */
  hint(command: string): string;
}

/** The context of a command whose flags are parsed. */
export function contextOf(command: Command, terminal: Terminal): Context {
  const { fleet, state, json } = command.optsWithGlobals<{ fleet: string; state?: string; json?: true }>();
  const named = command.getOptionValueSourceWithGlobals('fleet') === 'cli';
  return {
    ...terminal,
    folder: fleet,
    state,
    json: json ?? false,
    hint: (words) => `${spelling()} ${words}${named ? ` --fleet ${fleet}` : ''}`,
  };
}

/** The absolute folder in which the fleet `fleetName` keeps its state on this machine. */
export function stateDirectory(context: Pick<Context, 'state'>, fleetName: string): string {
  return resolve(context.state ?? join('.usher', fleetName));
}

/** How the operator starts usher: in a fresh clone it is on npm's path alone. */
function spelling(): string {
  return process.env.npm_execpath === undefined ? 'usher' : 'npx usher';
}
