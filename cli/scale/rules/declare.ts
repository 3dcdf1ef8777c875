import { type Command, Option } from 'commander';
import { moment } from '../../../orchestrator/scaling/rules/schema.ts';
import { contextOf } from '../../context.ts';
import { addDryRun, wholeNumber } from '../../flags.ts';
import type { Terminal } from '../../terminal.ts';
import { declareLists } from './declare-lists.ts';
import { declareSet } from './declare-set.ts';
import { addFor, addShard, addUntil, fitting, type UntilFlags } from './flags.ts';
import type { FloorFlags } from './floor.ts';

/** Declares what an operator says of scaling, and asks of it, below `usher scale`. */
export function declareRules(scale: Command, terminal: Terminal): void {
  scale
    .command('show')
    .description('show how many bridges shards have, what they carry and will, within which bounds, and why')
    .argument('[shard]', 'only this one')
    .action(async (shard: string | undefined, _flags: object, command: Command) => {
      const { showScale } = await import('./show.ts');
      await showScale(shard, contextOf(command, terminal));
    });

  scale
    .command('explain')
    .description('say what happens to the bridges of a shard, why, and how to have it otherwise')
    .argument('<shard>', 'its name, as in eu-1')
    .action(async (shard: string, _flags: object, command: Command) => {
      const { explainScale } = await import('./explain.ts');
      await explainScale(shard, contextOf(command, terminal));
    });

  declareSet(scale, terminal);

  const floor = scale
    .command('floor')
    .description('have so many bridges of a shard open at least: from now on, for a while, or later')
    .argument('<shard>', 'its name, or "*" for every shard')
    .argument('[bridges]', 'at least so many', wholeNumber)
    .option('--clear', 'take back all floors instead')
    .addOption(
      new Option('--from <time>', 'not before then, as in 2030-05-01T08:00').argParser(fitting(moment)),
    )
    .action(async (shard: string, bridges: number | undefined, flags: FloorFlags, command: Command) => {
      const { setFloor } = await import('./floor.ts');
      await setFloor(shard, bridges, flags, contextOf(command, terminal));
    });
  addDryRun(addUntil(addFor(floor)));

  declareLists(scale, terminal);

  const pause = scale
    .command('pause')
    .description('leave all bridges as they are: none starts, opens, drains or goes for its load')
    .action(async (shard: string, flags: UntilFlags, command: Command) => {
      const { pauseScale } = await import('./pause.ts');
      await pauseScale(shard, flags, contextOf(command, terminal));
    });
  addDryRun(addUntil(addFor(addShard(pause))));

  const resume = scale
    .command('resume')
    .description('take a pause back')
    .action(async (shard: string, flags: { dryRun?: true }, command: Command) => {
      const { resumeScale } = await import('./pause.ts');
      await resumeScale(shard, flags, contextOf(command, terminal));
    });
  addDryRun(addShard(resume));
}
