import type { Participant, World } from './world.ts';

/** Equal for worlds that differ only in which proxy or which participant is which. */
export function keyOf(world: World): string {
  const one = textOf(world);
  const [first = one] = [one, textOf(mirrored(world))].sort();
  return first;
}

function textOf({ participants, ...rest }: World): string {
  const texts = participants.map((participant) => JSON.stringify(participant)).sort();
  return `${JSON.stringify(rest)}${texts.join()}`;
}

/** The same world with the two proxies' numbers exchanged. */
function mirrored(world: World): World {
  const operations = world.table.operations.map((operation) => ({
    ...operation,
    acks: operation.acks.toReversed(),
  }));
  return {
    ...world,
    table: { ...world.table, operations },
    proxies: world.proxies.toReversed(),
    participants: world.participants.map(throughOtherProxy),
  };
}

function throughOtherProxy(participant: Participant): Participant {
  return 'proxy' in participant ? { ...participant, proxy: 1 - participant.proxy } : participant;
}
