import { UsageError } from '../../common/errors.ts';
import { count } from '../../common/words.ts';
import { type BridgeWord, planBridgeWord, readBridgeWords } from '../bridges/bridges-file.ts';
import type { FollowedBridge } from '../bridges/follow-bridges.ts';
import type { Control } from '../control/control.ts';
import { bridgesOf } from '../shards/watched-shard.ts';
import { RefusedError } from './refused-error.ts';
import type { ChangeAnswer } from './schema/change.ts';

/** Writes into `bridges.yaml` what an operator wants of a bridge; its shard's keeper does it. */
export async function changeBridge(
  control: Control,
  name: string,
  word: BridgeWord,
  dryRun: boolean,
): Promise<ChangeAnswer> {
  const { shard, bridge } = findBridge(control, name);
  refuseEnding(control, shard, word);
  const told = (await readBridgeWords(control.wishes, shard)).has(name);
  const isOpen = !told && bridge.said.ok && !bridge.said.draining;
  const plan = word === 'open' && isOpen ? [] : await planBridgeWord(control.wishes, shard, [name], word);
  if (plan.length === 0) return { changed: false, actions: [] };
  if (!dryRun) await control.wishes.apply(plan);
  const where = plan.map(({ path }) => `set ${name} of ${shard} to ${word} in ${path}`);
  return { changed: true, actions: [...where, whatFollows(word, bridge)] };
}

/** The shard that a bridge belongs to. Throws UsageError when there is no such bridge. */
export function findBridge(control: Control, name: string): { shard: string; bridge: FollowedBridge } {
  for (const [shard, watched] of control.shards) {
    const bridge = bridgesOf(watched).find((one) => one.name === name);
    if (bridge) return { shard, bridge };
  }
  throw new UsageError(`there is no bridge ${name}; \`usher bridge list\` names them`);
}

/** Whoever scales the shard would end another bridge, or start one in the place of this one. */
function refuseEnding(control: Control, shard: string, word: BridgeWord): void {
  if (word !== 'removed' && word !== 'cut') return;
  if (!control.shards.get(shard)?.endpoints?.scaledElsewhere) return;
  throw new RefusedError(
    `the bridges of ${shard} are scaled by a HorizontalPodAutoscaler, which chooses those that end: drain it instead; ` +
      'drained and emptied, it is among the first',
  );
}

function whatFollows(word: BridgeWord, bridge: FollowedBridge): string {
  switch (word) {
    case 'drained':
      return `give ${bridge.name} no new conference; ${carried(bridge)} stay until they end`;
    case 'removed':
      return `give ${bridge.name} no new conference, and end it when ${carried(bridge)} have ended`;
    case 'cut':
      return `end ${bridge.name} now, and cut ${carried(bridge)}`;
    case 'open':
      return `give ${bridge.name} conferences again`;
    default:
      return word satisfies never;
  }
}

function carried({ said }: FollowedBridge): string {
  if (!said.ok || said.conferences === undefined) return 'whatever it carries';
  const people =
    said.localEndpoints === undefined ? '' : ` with ${count(said.localEndpoints, 'participant')}`;
  return `${count(said.conferences, 'conference')}${people}`;
}
