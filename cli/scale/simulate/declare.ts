import { type Command, Option } from 'commander';
import { fewFaults } from '../../../orchestrator/scaling/simulate/faults.ts';
import { contextOf } from '../../context.ts';
import { wholeNumber } from '../../flags.ts';
import type { Terminal } from '../../terminal.ts';
import { policiesOption } from '../policies-option.ts';
import { amount, boot, dayRange, faults, list, seeds, setting } from './parse-flags.ts';
import type { SimulateFlags } from './simulate.ts';

/** Declares `usher scale simulate`. */
export function declareSimulate(scale: Command, terminal: Terminal): void {
  scale
    .command('simulate')
    .description(
      "let policies scale a shard's bridges through recorded load, and compare what they cost and spoil",
    )
    .addOption(
      new Option('--trace <files>', 'the load: CSV files of lines time,value, as in a.csv,b.csv')
        .argParser(list)
        .makeOptionMandatory(),
    )
    .addOption(policiesOption())
    .addOption(
      new Option(
        '--option <policy.key=value>',
        "one of a policy's options, as in hpa.target=0.6; repeat it for more",
      )
        .argParser(setting)
        .default([], 'its usual ones'),
    )
    .addOption(
      new Option(
        '--unit <unit>',
        'what the values are: people in meetings, or anything in proportion to them',
      )
        .choices(['people', 'any'])
        .default('any'),
    )
    .addOption(
      new Option('--mean-load <people>', 'so many are in meetings on average (default: 400)')
        .argParser(amount)
        .conflicts('peoplePeak'),
    )
    .addOption(
      new Option('--people-peak <people>', 'so many are in meetings at the highest value').argParser(amount),
    )
    .addOption(
      new Option('--bridge-mbps <mbps>', 'what a bridge should carry at most, in Mbit/s')
        .argParser(amount)
        .default(400),
    )
    .addOption(
      new Option('--mbps-per-participant <mbps>', 'what one of its people brings, in Mbit/s')
        .argParser(amount)
        .default(4),
    )
    .addOption(
      new Option(
        '--boot <time>',
        'the shortest start of a bridge, 1h at most; on average it takes 3/8 longer',
      )
        .argParser(boot)
        .default(240_000, '4m'),
    )
    .addOption(new Option('--min <bridges>', 'never fewer bridges').argParser(wholeNumber).default(1))
    .addOption(new Option('--max <bridges>', 'never more bridges (default: no limit)').argParser(wholeNumber))
    .addOption(new Option('--no-relays', 'bridges pass nothing on to each other: a meeting is on one'))
    .addOption(
      new Option(
        '--faults <faults>',
        'none, few, many, or as in gaps=0.1,failed-starts=0.05,crashes-per-day=1,restarts-per-hour=1',
      )
        .argParser(faults)
        .default(fewFaults, 'few'),
    )
    .addOption(
      new Option(
        '--days <from..to>',
        'only these days of each trace, after those before them to learn from, as in 15..28',
      ).argParser(dayRange),
    )
    .addOption(new Option('--seeds <count>', 'average over so many crowds').argParser(seeds).default(1))
    .option('--html <file>', 'write a page with pictures of it')
    .action(async (flags: SimulateFlags, command: Command) => {
      const { simulateScaling } = await import('./simulate.ts');
      await simulateScaling(flags, contextOf(command, terminal));
    });
}
