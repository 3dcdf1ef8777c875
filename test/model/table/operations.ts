import type { FeedEvent } from '../feed-event.ts';
import type { World } from '../world.ts';
import type { Operation } from './table.ts';

/** Appends to the change feed. A dead agent's position is lost with it. */
export function emit(world: World, event: FeedEvent): void {
  for (const proxy of world.proxies) if (proxy.agent !== 'dead' && proxy.inStep) proxy.unread.push(event);
}

/** The open operation of this id. */
export function operationOf(world: World, id: string | null): Operation | undefined {
  return world.table.operations.find((operation) => operation.id === id);
}

/** The open bucket move; one bucket has one at most. */
export function openMove(world: World): Operation | undefined {
  return world.table.operations.find(({ kind }) => kind === 'move');
}

/** Is the bucket on hold? */
export function isOnHold(world: World): boolean {
  return world.table.operations.some(({ phase }) => phase === 'hold');
}

/** A new operation, acknowledged by nobody. */
export function openOperation(
  world: World,
  operation: Pick<Operation, 'id' | 'kind' | 'phase'> & Partial<Operation>,
): void {
  const shown = world.table.placements.map(() => null);
  const fresh = { shard: null, pin: null, acks: [false, false], covered: false, shown };
  world.table.operations.push({ ...fresh, ...operation });
}

/** The operation's next phase, to be acknowledged anew. */
export function enterPhase(operation: Operation, phase: Operation['phase']): void {
  operation.phase = phase;
  operation.acks = [false, false];
  operation.covered = false;
  operation.shown = operation.shown.map(() => null);
}

/** Has every agent acknowledged the present phase? */
export function allAcked(operation: Operation): boolean {
  return operation.acks.every((acked) => acked);
}

/** ack.lua: an agent says that its proxy's maps carry the operation's present phase. */
export function ack(world: World, id: string, agent: number): void {
  const operation = operationOf(world, id);
  if (operation) operation.acks[agent] = true;
}

/** finish.lua: the last phase is acknowledged. */
export function finish(world: World, id: string): void {
  world.table.operations = world.table.operations.filter((operation) => operation.id !== id);
}
