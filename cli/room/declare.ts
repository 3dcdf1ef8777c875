import { type Command, Option } from 'commander';
import { contextOf } from '../context.ts';
import { addDryRun, wholeNumber } from '../flags.ts';
import type { Terminal } from '../terminal.ts';
import type { ListFlags } from './list.ts';
import type { PinFlags } from './pin.ts';

/** Declares `usher room`. */
export function declareRooms(program: Command, terminal: Terminal): void {
  const room = program.command('room').description('the rooms, and where each one sits');
  const roomArgument = ['<room>', 'its URL, TENANT/NAME, NAME, JID or key'] as const;

  room
    .command('list')
    .description('list the rooms that are seated')
    .option('--shard <shard>', 'only those on this shard, or incarnation')
    .addOption(
      new Option('--only <state>', 'only those in this state').choices([
        'claimed',
        'live',
        'lingering',
        'retiring',
      ]),
    )
    .addOption(new Option('--limit <number>', 'at most so many').argParser(wholeNumber).default(100))
    .action(async (flags: ListFlags, command: Command) => {
      const { listRooms } = await import('./list.ts');
      await listRooms(flags, contextOf(command, terminal));
    });

  room
    .command('show')
    .description('show where a room sits')
    .argument(...roomArgument)
    .action(async (name: string, _flags: object, command: Command) => {
      const { showRoom } = await import('./show.ts');
      await showRoom(name, contextOf(command, terminal));
    });

  room
    .command('explain')
    .description('say why a room sits where it sits, or where it would be seated')
    .argument(...roomArgument)
    .action(async (name: string, _flags: object, command: Command) => {
      const { explainRoom } = await import('./explain.ts');
      await explainRoom(name, contextOf(command, terminal));
    });

  const pin = room
    .command('pin')
    .description('seat a room on a shard of your choice from its next meeting on, in pins.yaml')
    .argument(...roomArgument)
    .argument('<shard>', 'its name, as in eu-1')
    .action(async (name: string, shard: string, flags: PinFlags, command: Command) => {
      const { pinRoom } = await import('./pin.ts');
      await pinRoom(name, shard, flags, contextOf(command, terminal));
    });
  addDryRun(pin);

  const unpin = room
    .command('unpin')
    .description('let a pinned room be seated like any other')
    .argument(...roomArgument)
    .action(async (name: string, flags: PinFlags, command: Command) => {
      const { pinRoom } = await import('./pin.ts');
      await pinRoom(name, undefined, flags, contextOf(command, terminal));
    });
  addDryRun(unpin);
}
