import { type Command, InvalidArgumentError, Option } from 'commander';
import { contextOf } from '../context.ts';
import { addForceConflicts } from '../deploy/declare.ts';
import { duration } from '../duration.ts';
import { addChangeFlags, addDryRun, type ChangeFlags, wholeNumber } from '../flags.ts';
import type { Terminal } from '../terminal.ts';
import type { FollowFlags } from './follow.ts';
import type { StartFlags } from './start.ts';

/** Meetings end when their people leave. */
const upgradeSeconds = 7 * 86_400;

/** Declares `usher shard upgrade` below `usher shard`. */
export function declareUpgrade(shard: Command, terminal: Terminal): void {
  const upgrade = shard
    .command('upgrade')
    .description(
      'replace shards by new ones of another version, one after the other, without cutting a meeting',
    )
    .argument('[shard...]', 'which (default: all that have another version)')
    .option('--image-tag <tag>', 'the version of their images; must be given')
    .addOption(
      new Option(
        '--canary <percent>',
        "a new shard's share of new rooms while it is on trial, of its full one",
      )
        .argParser(percent)
        .default(10, '10%'),
    )
    .addOption(
      new Option('--surge <number>', 'how many new shards at a time').argParser(wholeNumber).default(1),
    )
    .addOption(
      new Option('--bake <time>', 'how long a trial takes').argParser(duration).default(600_000, '10m'),
    )
    .addOption(
      new Option('--ready-within <time>', 'how long a new shard may take to get its first rooms')
        .argParser(duration)
        .default(600_000, '10m'),
    )
    .action(async (names: string[], flags: StartFlags, command: Command) => {
      const { startUpgrade } = await import('./start.ts');
      await startUpgrade(names, flags, contextOf(command, terminal));
    });
  addChangeFlags(upgrade, upgradeSeconds);

  upgrade
    .command('status')
    .description('show how far the upgrade is, and what it waits for')
    .action(async (_flags: object, command: Command) => {
      const { showUpgrade } = await import('./show.ts');
      await showUpgrade(contextOf(command, terminal));
    });

  const follow = upgrade
    .command('follow')
    .description(
      'go along with the upgrade of a fleet in a cluster: write the overlays it waits for, and take away those of shards that it removed',
    )
    .option('--apply', 'do it in the cluster, too')
    .option('--commit', 'commit it, for Argo CD or Flux; never pushes')
    .addOption(
      new Option('--timeout <seconds>', 'how long to go along')
        .argParser(wholeNumber)
        .default(upgradeSeconds),
    )
    .action(async (_flags: object, self: Command) => {
      const { followUpgrade } = await import('./follow.ts');
      // Of `upgrade` itself too, which knows the same flags.
      await followUpgrade(self.optsWithGlobals<FollowFlags>(), contextOf(self, terminal));
    });
  addDryRun(addForceConflicts(follow));

  for (const { word, description } of words) {
    const command = upgrade
      .command(word)
      .description(description)
      .action(async (_flags: object, self: Command) => {
        const { tellUpgrade } = await import('./tell.ts');
        // Of `upgrade` itself too, which knows the same flags.
        await tellUpgrade(word, self.optsWithGlobals<ChangeFlags>(), contextOf(self, terminal));
      });
    addDryRun(command);
  }
}

const words = [
  { word: 'pause', description: 'begin nothing further; what drains goes on draining' },
  { word: 'resume', description: 'go on after a pause, or after a stop whose cause is mended' },
  {
    word: 'rollback',
    description: 'give the old shards their rooms back, and drain and remove the new ones',
  },
] as const;

/** Reads `10%` or `10`. */
function percent(text: string): number {
  const number = Number(/^(\d{1,3})%?$/.exec(text)?.[1]);
  if (number >= 1 && number <= 100) return number;
  throw new InvalidArgumentError('A percentage from 1% to 100% is expected.');
}
