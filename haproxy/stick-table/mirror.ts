import type { TableEvent } from './events.ts';
import type { Placement } from './placement.ts';
import type { Move, OperationRecord, ShardRecord } from './records.ts';

/** The whole stick table in memory, kept in step by the change feed. */
export class StickTableMirror {
  readonly rooms = new Map<string, Placement>();
  /** `pool/bucket` -> shard name */
  readonly preferences = new Map<string, string>();
  readonly moves = new Map<string, Move>();
  readonly shards = new Map<string, ShardRecord>();
  readonly tenants = new Map<string, string>();
  /** Open operations and the phase they are in. */
  readonly operations = new Map<string, OperationRecord['phase']>();
  /** Of those operations that take a shard out: which one. */
  readonly subjects = new Map<string, string>();

  apply(event: TableEvent): void {
    switch (event.type) {
      case 'blessed':
        return;
      case 'seat': {
        const { room, shard, state, seatedAt } = event.payload;
        this.rooms.set(room, { shard, state, seatedAt });
        return;
      }
      case 'observed': {
        const { room, state } = event.payload;
        const placement = this.rooms.get(room);
        if (placement) this.rooms.set(room, { ...withoutOperation(placement), state });
        return;
      }
      case 'tombstone': {
        const { operation, rooms } = event.payload;
        this.operations.set(operation, 'tombstone');
        for (const room of rooms) {
          const placement = this.rooms.get(room);
          if (placement) this.rooms.set(room, { ...placement, state: 'retiring', operation });
        }
        return;
      }
      case 'deleted':
        for (const room of event.payload.rooms) this.rooms.delete(room);
        return;
      case 'hold': {
        const { operation, buckets } = event.payload;
        this.operations.set(operation, 'hold');
        for (const [bucket, to] of Object.entries(buckets)) {
          this.moves.set(bucket, { phase: 'hold', operation, to });
        }
        return;
      }
      case 'prefer': {
        const { operation, buckets } = event.payload;
        if (operation) this.operations.set(operation, 'release');
        for (const [bucket, to] of Object.entries(buckets)) {
          this.preferences.set(bucket, to);
          if (operation) this.moves.set(bucket, { phase: 'release', operation, to });
        }
        return;
      }
      case 'finished':
        this.operations.delete(event.payload.operation);
        this.subjects.delete(event.payload.operation);
        for (const [bucket, move] of this.moves) {
          if (move.operation === event.payload.operation) this.moves.delete(bucket);
        }
        return;
      case 'shard':
        this.shards.set(event.payload.name, event.payload);
        return;
      case 'taken-out':
        this.operations.set(event.payload.operation, 'out');
        this.subjects.set(event.payload.operation, event.payload.shard);
        return;
      default:
        event satisfies never;
    }
  }
}

function withoutOperation(placement: Placement): Placement {
  return { shard: placement.shard, state: placement.state, seatedAt: placement.seatedAt };
}
