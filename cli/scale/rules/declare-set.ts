import { type Command, InvalidArgumentError, Option } from 'commander';
import { policyNames } from '../../../orchestrator/scaling/policies/make-policy.ts';
import { timeZone } from '../../../orchestrator/scaling/rules/schema.ts';
import { contextOf } from '../../context.ts';
import { addDryRun, wholeNumber } from '../../flags.ts';
import type { Terminal } from '../../terminal.ts';
import { addShard, amount, fitting } from './flags.ts';
import type { SetFlags } from './set.ts';
import { settingNames } from './setting-names.ts';

/** Declares `usher scale set`. */
export function declareSet(scale: Command, terminal: Terminal): void {
  const set = scale
    .command('set')
    .description('set how the bridges of a shard are scaled, or of every one, in scale.yaml')
    .addOption(new Option('--min <bridges>', 'open at least').argParser(wholeNumber))
    .addOption(new Option('--max <bridges>', 'there at most').argParser(wholeNumber))
    .addOption(new Option('--policy <name>', 'what decides how many there are').choices(policyNames))
    .addOption(
      new Option(
        '--option <key=value>',
        "one of the policy's options, as in target=0.6; repeat it for more",
      ).argParser(policyOption),
    )
    .addOption(
      new Option('--bridge-mbps <mbps>', 'what a bridge should carry at most, in Mbit/s').argParser(amount),
    )
    .addOption(
      new Option(
        '--mbps-per-participant <mbps>',
        'what somebody who is announced is reckoned with, in Mbit/s',
      ).argParser(amount),
    )
    .addOption(
      new Option('--time-zone <zone>', 'where its people live, as in Europe/Berlin').argParser(
        fitting(timeZone),
      ),
    )
    .addOption(
      new Option('--unset <setting>', 'what is said elsewhere holds again; repeat it for more')
        .choices(Object.keys(settingNames))
        .argParser(unset),
    )
    .action(async (shard: string, flags: SetFlags, command: Command) => {
      const { setScale } = await import('./set.ts');
      await setScale(shard, flags, contextOf(command, terminal));
    });
  addDryRun(addShard(set));
}

/** Reads `target=0.6` into those that were read before: the value as JSON, or as text where it is none. */
function policyOption(text: string, before: Record<string, unknown> = {}): Record<string, unknown> {
  const [, key, value] = /^(\w+)=(.+)$/.exec(text) ?? [];
  if (key === undefined || value === undefined) {
    throw new InvalidArgumentError('An option and its value are expected, as in target=0.6.');
  }
  return { ...before, [key]: jsonOrText(value) };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function unset(name: string, before: readonly string[] = []): string[] {
  if (name in settingNames) return [...before, name];
  throw new InvalidArgumentError(`One of these is expected: ${Object.keys(settingNames).join(', ')}.`);
}
