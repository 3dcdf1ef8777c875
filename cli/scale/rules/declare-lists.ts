import { type Command, Option } from 'commander';
import { clock, moment, ruleName } from '../../../orchestrator/scaling/rules/schema.ts';
import { contextOf } from '../../context.ts';
import { duration } from '../../duration.ts';
import { addDryRun, wholeNumber } from '../../flags.ts';
import type { Terminal } from '../../terminal.ts';
import type { EventFlags } from './event.ts';
import { addShard, days, fitting, integer } from './flags.ts';
import type { ScheduleFlags } from './schedule.ts';

/** Declares `usher scale schedule` and `usher scale event`. */
export function declareLists(scale: Command, terminal: Terminal): void {
  const schedule = scale.command('schedule').description('windows that come again every week');
  const addSchedule = schedule
    .command('add')
    .description('add a window, or put another in the place of the one of this name')
    .argument('<name>', 'how it is called', fitting(ruleName))
    .addOption(
      new Option('--from <clock>', 'when it begins, as in 08:00')
        .argParser(fitting(clock))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--to <clock>', 'when it ends; on the next day if that is earlier')
        .argParser(fitting(clock))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--days <days>',
        'on which days it begins, as in mon-fri or sat,sun (default: every day)',
      ).argParser(days),
    )
    .addOption(new Option('--min <bridges>', 'open at least').argParser(wholeNumber))
    .addOption(new Option('--max <bridges>', 'there at most').argParser(wholeNumber))
    .option('--no-scale-down', 'no bridge goes')
    .addOption(
      new Option('--priority <number>', 'the highest of several wins (default: 0)').argParser(integer),
    )
    .action(async (name: string, shard: string, flags: ScheduleFlags, command: Command) => {
      const { addSchedule } = await import('./schedule.ts');
      await addSchedule(name, shard, flags, contextOf(command, terminal));
    });
  addDryRun(addShard(addSchedule));

  const event = scale.command('event').description('announced events: so many people at a time');
  const addEvent = event
    .command('add')
    .description('announce people, or put another event in the place of the one of this name')
    .argument('<name>', 'how it is called', fitting(ruleName))
    .addOption(
      new Option('--at <time>', 'when they come, as in 2030-05-01T14:00')
        .argParser(fitting(moment))
        .makeOptionMandatory(),
    )
    .addOption(new Option('--people <number>', 'how many come').argParser(wholeNumber).makeOptionMandatory())
    .addOption(
      new Option('--lead <time>', 'there is room for them so long before (default: 20m)').argParser(duration),
    )
    .addOption(
      new Option('--within <time>', 'those who come are there so long after (default: 15m)').argParser(
        duration,
      ),
    )
    .action(async (name: string, shard: string, flags: EventFlags, command: Command) => {
      const { addEvent } = await import('./event.ts');
      await addEvent(name, shard, flags, contextOf(command, terminal));
    });
  addDryRun(addShard(addEvent));

  for (const [kind, parent] of [
    ['schedule', schedule],
    ['event', event],
  ] as const) {
    parent
      .command('list')
      .description(`list the ${kind}s that are not over`)
      .argument('[shard]', 'only those of this one')
      .action(async (shard: string | undefined, _flags: object, command: Command) => {
        const { listEvents, listSchedules } = await import('./list.ts');
        const list = kind === 'schedule' ? listSchedules : listEvents;
        await list(shard, contextOf(command, terminal));
      });
    const remove = parent
      .command('remove')
      .description(`take back the ${kind} of this name`)
      .argument(`<${kind}>`, 'how it is called')
      .action(async (name: string, shard: string, flags: { dryRun?: true }, command: Command) => {
        const { changeScale } = await import('./change.ts');
        const change = kind === 'schedule' ? { removeSchedule: name } : { removeEvent: name };
        await changeScale(shard, change, flags.dryRun ?? false, contextOf(command, terminal));
      });
    addDryRun(addShard(remove));
  }
}
