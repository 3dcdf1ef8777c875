import { type Command, Option } from 'commander';
import { contextOf } from '../context.ts';
import { addDryRun } from '../flags.ts';
import type { Terminal } from '../terminal.ts';
import type { SecretFlags } from './create.ts';

/** Declares `usher secrets`. */
export function declareSecrets(program: Command, terminal: Terminal): void {
  const secrets = program
    .command('secrets')
    .description('the passwords within usher and its shards, which never stand in git in clear');
  const create = secrets
    .command('create')
    .description('make passwords, once: in the cluster, or as manifests for git')
    .argument('[shard]', 'its name, as in eu-1 (default: what belongs to the whole fleet)')
    .addOption(
      new Option('--format <format>', 'as what; the last two are printed, for git')
        .choices(['secret', 'sealedsecret', 'externalsecret'])
        .default('secret'),
    )
    .option('--print', 'print the manifests, and leave the cluster alone')
    .option('--cert <file>', 'the certificate to seal with (default: kubeseal asks the cluster for it)')
    .option('--store <name>', 'the ClusterSecretStore that an ExternalSecret takes the passwords from')
    .option('--key <path>', 'where the passwords are in that store')
    .action(async (shard: string | undefined, flags: SecretFlags, command: Command) => {
      const { createSecrets } = await import('./create.ts');
      await createSecrets(shard, flags, contextOf(command, terminal));
    });
  addDryRun(create);
}
