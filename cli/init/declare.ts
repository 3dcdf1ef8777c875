import { type Command, Option } from 'commander';
import { contextOf } from '../context.ts';
import { addDryRun } from '../flags.ts';
import type { Terminal } from '../terminal.ts';
import type { InitFlags } from './answers.ts';

/** Declares `usher init`. */
export function declareInit(program: Command, terminal: Terminal): void {
  const init = program
    .command('init')
    .description('make the folder of a new fleet, with its first shard; asks for what no flag says')
    .argument('[folder]', 'where base/, components/ and overlays/ are or shall be', 'kustomize')
    .option('--name <name>', "the fleet's name, as in production")
    .addOption(new Option('--driver <driver>', 'where it runs').choices(['local', 'kubernetes']))
    .option('--public-url <url>', 'where people reach it, as in https://meet.example.org')
    .option('--region <region>', "where its first shard's bridges are, as in eu")
    .option('--image-tag <tag>', "the version of Jitsi's images, as in stable-11146")
    .addOption(
      new Option('--media <way>', 'how media reaches bridges in a cluster').choices(['hostport', 'nodeport']),
    )
    .option('--proxies <number>', 'how many proxies')
    .action(async (folder: string, flags: InitFlags & { dryRun?: true }, command: Command) => {
      const { initFleet } = await import('./init.ts');
      await initFleet(folder, flags, contextOf(command, terminal));
    });
  addDryRun(init);
}
