import { Command, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { declareBridges } from './bridge/declare.ts';
import { declareCompletion } from './completion/declare.ts';
import { declareDeploy } from './deploy/declare.ts';
import { declareDoctor } from './doctor/declare.ts';
import { declareEvents } from './events/declare.ts';
import { declareFleet } from './fleet/declare.ts';
import { declareInit } from './init/declare.ts';
import { declareProcesses } from './process/declare.ts';
import { declareProxies } from './proxy/declare.ts';
import { declareRooms } from './room/declare.ts';
import { declareScale } from './scale/scale.ts';
import { declareSecrets } from './secrets/declare.ts';
import { declareShards } from './shard/declare.ts';
import { declareTable } from './table/declare.ts';
import type { Terminal } from './terminal.ts';

/** All commands and flags. Commands themselves are imported when they run, so that `usher` starts fast. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('usher')
    .description('Runs a very large Jitsi Meet: shards, the seats of rooms, and the proxies before them.')
    .version(manifest.version)
    .addOption(
      new Option('--fleet <dir>', "the fleet's folder, which holds fleet.yaml")
        .env('USHER_FLEET')
        .default('kustomize/overlays/local'),
    )
    .addOption(
      new Option('--state <dir>', 'where `usher up` keeps what it runs (default: .usher/FLEET)').env(
        'USHER_STATE',
      ),
    )
    .addOption(
      new Option(
        '--api-url <url>',
        "where the orchestrators' API is (default: the fleet file's; driver kubernetes: through the cluster's)",
      ).env('USHER_API'),
    )
    .addOption(
      new Option(
        '--context <name>',
        'the cluster, by a context of the kubeconfig (default: its current one)',
      ).env('USHER_CONTEXT'),
    )
    .addOption(
      new Option('--namespace <name>', 'where usher itself is in the cluster')
        .env('USHER_NAMESPACE')
        .default('usher'),
    )
    .option('--json', 'print the result as one JSON document')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error:/, 'usher:')),
      getOutHelpWidth: () => terminal.stdout.columns ?? 100,
      getErrHelpWidth: () => terminal.stderr.columns ?? 100,
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failure, 2 wrong usage or a wrong file, 64 nothing to change.',
    )
    .exitOverride();
  declareInit(program, terminal);
  declareFleet(program, terminal);
  declareDoctor(program, terminal);
  declareShards(program, terminal);
  declareDeploy(program, terminal);
  declareSecrets(program, terminal);
  declareBridges(program, terminal);
  declareScale(program, terminal);
  declareRooms(program, terminal);
  declareProxies(program, terminal);
  declareEvents(program, terminal);
  declareTable(program, terminal);
  declareProcesses(program, terminal);
  declareCompletion(program, terminal);
  return program;
}
