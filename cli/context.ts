import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** What every command is told beside its own arguments. */
export interface Context extends Terminal {
  /** The fleet's folder, with fleet.yaml and the shards' overlays. */
  readonly folder: string;
  /** Where a fleet on this machine keeps its state; undefined: the usual place. */
  readonly state: string | undefined;
  /** Where the orchestrators' API is; undefined: where the fleet file says, or in its cluster. */
  readonly apiUrl: string | undefined;
  /** Which cluster a fleet of driver kubernetes is in. */
  readonly cluster: ClusterChoice;
  /** Results as one JSON document. */
  readonly json: boolean;
  /** The command line of `usher <command>` for this same fleet, to be shown to the operator. */
  hint(command: string): string;
}

/** A cluster, and where usher is in it. */
export interface ClusterChoice {
  /** A context of the kubeconfig; undefined: its current one. */
  readonly context: string | undefined;
  /** The namespace of usher itself. */
  readonly namespace: string;
}

/** The flags of every command. */
interface GlobalFlags {
  readonly fleet: string;
  readonly state?: string;
  readonly apiUrl?: string;
  readonly context?: string;
  readonly namespace: string;
  readonly json?: true;
}

/** The context of a command whose flags are parsed. */
export function contextOf(command: Command, terminal: Terminal): Context {
  const flags = command.optsWithGlobals<GlobalFlags>();
  const { fleet, state, apiUrl, context, namespace, json } = flags;
  const typed = (['fleet', 'apiUrl', 'context', 'namespace'] as const).filter(
    (name) => command.getOptionValueSourceWithGlobals(name) === 'cli',
  );
  const again = typed.map((name) => ` ${flagOf[name]} ${flags[name]}`).join('');
  return {
    ...terminal,
    folder: fleet,
    state,
    apiUrl,
    cluster: { context, namespace },
    json: json ?? false,
    hint: (words) => `${spelling()} ${words}${again}`,
  };
}

/** How the flags that choose a fleet are typed. */
const flagOf = {
  fleet: '--fleet',
  apiUrl: '--api-url',
  context: '--context',
  namespace: '--namespace',
} as const;

/** The absolute folder in which the fleet `fleetName` keeps its state on this machine. */
export function stateDirectory(context: Pick<Context, 'state'>, fleetName: string): string {
  return resolve(context.state ?? join('.usher', fleetName));
}

/** How the operator starts usher: in a fresh clone it is on npm's path alone. */
function spelling(): string {
  return process.env.npm_execpath === undefined ? 'usher' : 'npx usher';
}
