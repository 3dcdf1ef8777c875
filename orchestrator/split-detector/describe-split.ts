import { count } from '../../common/words.ts';
import type { Split } from './split.ts';

/** What is wrong with the room, by its evidence, in plain words. */
export function describeSplit({ kind, room, evidence }: Pick<Split, 'kind' | 'room' | 'evidence'>): string {
  const places = evidence.map(({ where, shard, participants }) => {
    if (where !== 'census') return `${where}: ${shard ?? 'nothing'}`;
    return `census of ${shard}: ${count(participants ?? 0, 'participant')}`;
  });
  return `${room} (${kind}): ${places.join(', ')}`;
}

/** What the operator may do about it. */
export function adviseSplit({ kind, evidence }: Pick<Split, 'kind' | 'evidence'>): string {
  switch (kind) {
    case 'shard-split':
      return adviseShardSplit(evidence);
    case 'proxy-split':
      return 'the agents that differ from the table repair their proxy by themselves; if it stays, restart that agent';
    case 'missing':
      return 'it is taken over, and proxies are repaired, by themselves; if it stays, see which agent or move is stuck';
    case 'stale':
      return 'it goes when every agent answers and its shard’s census can be read; see which of them does not';
    case 'unknown':
      return 'nobody is moved: it ends with its meeting. If the table seats it elsewhere, a join there would split it: ask its people to rejoin';
    default:
      return kind satisfies never;
  }
}

/** Usher cuts no meeting, so the choice is the operator's: the smaller side is the cheaper one to ask. */
function adviseShardSplit(evidence: Split['evidence']): string {
  const sides = evidence
    .filter(({ where }) => where === 'census')
    .toSorted((a, b) => (a.participants ?? 0) - (b.participants ?? 0));
  const seat = evidence.find(({ where }) => where === 'table')?.shard;
  const others = sides.filter(({ shard }) => shard !== seat).map(({ shard }) => shard);
  const leave = others.length > 0 && seat ? others : sides.slice(0, -1).map(({ shard }) => shard);
  return `usher moves nobody: ask those on ${leave.join(', ')} to rejoin, and they meet the others${seat ? ` on ${seat}, where new joins go` : ''}`;
}
