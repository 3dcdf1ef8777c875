import type { AuditEntry } from '../audit/audit.ts';

/** What the audit says when rooms that only a census knew got a seat. `adopted`: how many of them. */
export function adoption(
  rooms: readonly { room: string; shard: string }[],
  adopted: string | number | undefined,
): AuditEntry {
  return {
    actor: 'orchestrator',
    action: 'rooms.adopt',
    shards: [...new Set(rooms.map(({ shard }) => shard))],
    rooms: rooms.map(({ room }) => room),
    reason: 'a census shows them and the table did not know them: seated where they are',
    inputs: { shown: rooms.length, adopted },
    outcome: 'ok',
  };
}

/** What the audit says of a room that another shard shows than the one it sits on. */
export function split(room: string, placed: string, shown: string): AuditEntry {
  return {
    actor: 'orchestrator',
    action: 'room.split',
    shards: [placed, shown],
    rooms: [room],
    reason: `it sits on ${placed}, and the census of ${shown} shows it too`,
    outcome: 'left as it is',
  };
}
