import { type Command, Option } from 'commander';
import { contextOf } from '../context.ts';
import { addDryRun } from '../flags.ts';
import type { Terminal } from '../terminal.ts';
import type { SecretFlags } from './create.ts';

/** Declares `usher secrets`. */
export function declareSecrets(program: Command, terminal: Terminal): void {
  const secrets = program
    .command('secrets')
    .description('the passwords within a shard, which never stand in git in clear');
  const create = secrets
    .command('create')
    .description("make a shard's passwords, once: in the cluster, or as a manifest for git")
    .argument('<shard>', 'its name, as in eu-1')
    .addOption(
      new Option('--format <format>', 'as what; the last two are printed, for git')
        .choices(['secret', 'sealedsecret', 'externalsecret'])
        .default('secret'),
    )
    .option('--print', 'print the manifest, and leave the cluster alone')
    .option('--cert <file>', 'the certificate to seal with (default: kubeseal asks the cluster for it)')
    .option('--store <name>', 'the ClusterSecretStore that an ExternalSecret takes the passwords from')
    .option('--key <path>', 'where the passwords are in that store')
    .action(async (shard: string, flags: SecretFlags, command: Command) => {
      const { createSecrets } = await import('./create.ts');
      await createSecrets(shard, flags, contextOf(command, terminal));
    });
  addDryRun(create);
}
