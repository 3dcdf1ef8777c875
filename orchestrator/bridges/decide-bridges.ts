import { count } from '../../common/words.ts';
import type { ScaleDecision } from '../scaling/scale-policy.ts';
import { type BridgeState, readsToBeSure, stateOf } from './bridge-state.ts';
import type { BridgeWord } from './bridges-file.ts';
import { type FollowedBridge, isEmpty } from './follow-bridges.ts';

/** A shard's bridges, as of one read of all of them. */
export interface BridgesView {
  /** The oldest first. */
  readonly bridges: readonly FollowedBridge[];
  /** What operators want of them, by name; of bridges too that are gone. */
  readonly words: ReadonlyMap<string, BridgeWord>;
}

/** One change that a read of the bridges calls for, and why. */
export type BridgesChange = { readonly reason: string } & (
  | {
      /** So many new ones. */
      readonly do: 'start';
      readonly count: number;
    }
  | {
      /** No new conferences for these; or again; these are ended; their operator's word is done with. */
      readonly do: 'drain' | 'undrain' | 'remove' | 'forget';
      readonly bridges: readonly string[];
    }
);

/**
 * Makes a shard's bridges what was decided of them, as far as one read of them allows. A bridge that carries people is
 * never removed, unless its operator cuts it; what cannot be read is neither missed nor touched. Operators' words come
 * first, and by themselves.
 *
 * @param decision undefined: something else decides how many there are, and operators which of them drain
 */
export function decideBridges(view: BridgesView, decision: ScaleDecision | undefined): BridgesChange[] {
  const told = followWords(view);
  if (told || !decision) return told ? [told] : [];
  const sorted = Map.groupBy(view.bridges, (bridge) => stateOf(bridge, view.words.get(bridge.name)));
  const of: ByState = (...states) => {
    const bridges: FollowedBridge[] = [];
    for (const state of states) bridges.push(...(sorted.get(state) ?? []));
    return bridges;
  };
  const changes = [
    start(of, decision),
    reopen(of, decision),
    drain(of, decision),
    drainUnable(of),
    removeEmpty(view, of, decision),
  ];
  return changes.filter((change) => change !== undefined);
}

type ByState = (...states: BridgeState[]) => readonly FollowedBridge[];

function followWords({ bridges, words }: BridgesView): BridgesChange | undefined {
  if (words.size === 0) return undefined;
  const told = (word: BridgeWord) => bridges.filter(({ name }) => words.get(name) === word);
  const gone = [...words.keys()].filter((name) => !bridges.some((bridge) => bridge.name === name));
  const reopened = told('open').filter(({ said }) => said.ok && !said.draining);
  const done = [...gone, ...namesOf(reopened)];
  if (done.length > 0) return { do: 'forget', bridges: done, reason: 'what their operator wanted is so' };
  const cut = told('cut');
  if (cut.length > 0) return { do: 'remove', bridges: namesOf(cut), reason: 'their operator cuts them' };
  const leaving = [...told('drained'), ...told('removed')].filter(({ said }) => said.ok && !said.draining);
  if (leaving.length > 0)
    return { do: 'drain', bridges: namesOf(leaving), reason: 'their operator wants them drained' };
  const back = told('open').filter(({ said }) => said.ok);
  if (back.length > 0)
    return { do: 'undrain', bridges: namesOf(back), reason: 'their operator takes the drain back' };
  return undefined;
}

function start(of: ByState, { exist, end, most = exist, reasons }: ScaleDecision): BridgesChange | undefined {
  const there = of('open', 'draining', 'unknown');
  const ending = there.filter(({ name }) => end?.has(name)).length;
  const missing = exist - (there.length - ending);
  // The unable count: whatever ails them may ail the next ones too. Those that end on purpose do not.
  const room = most - (there.length - ending + of('unable').length);
  const due = Math.min(missing, room);
  if (due <= 0) return undefined;
  const reason = `${count(there.length - ending, 'bridge')} of ${exist}: ${reasons.join('; ')}`;
  return { do: 'start', count: due, reason };
}

/** One that drains is there at once, a new one in minutes. */
function reopen(of: ByState, { open, end, reasons }: ScaleDecision): BridgesChange | undefined {
  const due = of('draining').filter(({ name }) => open.has(name) && !end?.has(name));
  return due.length === 0 ? undefined : { do: 'undrain', bridges: namesOf(due), reason: reasons.join('; ') };
}

function drain(of: ByState, { open, end, reasons }: ScaleDecision): BridgesChange | undefined {
  const stays = ({ name }: FollowedBridge) => open.has(name) && !end?.has(name);
  const due = of('open').filter((bridge) => !stays(bridge));
  // Where all drain Jicofo takes any: no meeting would find the bridge that was meant for it.
  if (due.length === 0 || !of('open', 'draining').some(stays)) return undefined;
  return { do: 'drain', bridges: namesOf(due), reason: reasons.join('; ') };
}

function drainUnable(of: ByState): BridgesChange | undefined {
  const unable = of('unable').filter(({ said }) => said.ok && !said.draining);
  if (unable.length === 0) return undefined;
  return { do: 'drain', bridges: namesOf(unable), reason: 'they cannot take conferences' };
}

/** Jicofo takes a draining bridge where no other is open: only beside one that stays open does an empty one stay empty. */
function removeEmpty(
  { words }: BridgesView,
  of: ByState,
  { exist, open, end, keep }: ScaleDecision,
): BridgesChange | undefined {
  if (!of('open').some(({ name }) => open.has(name) && !end?.has(name))) return undefined;
  const empty = of('draining', 'unable', 'told').filter(
    ({ said, emptyReads }) => said.ok && said.draining && isEmpty(said) && emptyReads >= readsToBeSure,
  );
  const there = of('open', 'draining', 'unknown').filter(({ name }) => !end?.has(name));
  const idle = there.filter((bridge) => empty.includes(bridge) && !open.has(bridge.name));
  const spare = keep ? [] : idle.slice(0, Math.max(0, there.length - exist));
  const leaving = empty.filter(({ name }) => end?.has(name));
  const lost = empty.filter(
    (bridge) => of('unable').includes(bridge) || words.get(bridge.name) === 'removed',
  );
  const due = new Set([...lost, ...leaving, ...spare]);
  if (due.size === 0) return undefined;
  const reason = `drained, and found empty ${readsToBeSure} times in a row`;
  return { do: 'remove', bridges: namesOf([...due]), reason };
}

function namesOf(bridges: readonly FollowedBridge[]): string[] {
  return bridges.map(({ name }) => name);
}
