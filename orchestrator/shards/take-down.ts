import type { CommandAnswer } from '../../haproxy/stick-table/commands.ts';
import { type Control, operationId } from '../control/control.ts';

/**
 * Begins to take a shard down: out of every proxy with all of its sessions, and then its rooms are seated anew on
 * others. `forced`: by its operator's word, however well it is; it is not admitted again while it drains or is being
 * removed. Refused when it is not in service or is being taken out already.
 */
export async function takeDown(
  control: Control,
  shard: string,
  cause: 'health' | 'forced',
  reason: string,
): Promise<CommandAnswer> {
  return control.table.shardOut(operationId('shard-down'), shard, cause, reason);
}
