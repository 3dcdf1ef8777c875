import { count } from '../../common/words.ts';
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

/** How many bridges of a shard may be open at a time: take conferences. Those that drain come on top. */
export interface BridgeBounds {
  readonly min: number;
  readonly max: number;
  /** So many within the bounds. Undefined: as many as there are. */
  readonly wanted?: number;
}

/** The one change that a read of the bridges calls for, and why. */
export type BridgesDecision = { readonly reason: string } & (
  | { readonly do: 'nothing' }
  /** So many new ones. */
  | { readonly do: 'start'; readonly count: number }
  /** No new conferences for these; or again. */
  | { readonly do: 'drain' | 'undrain'; readonly bridges: readonly string[] }
  /** These are ended. */
  | { readonly do: 'remove'; readonly bridges: readonly string[] }
  /** Their operator's word is done with. */
  | { readonly do: 'forget'; readonly bridges: readonly string[] }
);

/**
 * Keeps a shard's bridges within their bounds. A bridge that carries people is never removed, unless its operator cuts
 * it; what cannot be read is neither missed nor touched; each decision is one change, and the next one needs new reads.
 *
 * @param bounds undefined: something else decides how many there are, and operators which of them drain
 */
export function decideBridges(view: BridgesView, bounds: BridgeBounds | undefined): BridgesDecision {
  if (bounds === undefined) return followWords(view) ?? nothing;
  const of = (...states: BridgeState[]) =>
    view.bridges.filter((bridge) => states.includes(stateOf(bridge, view.words.get(bridge.name))));
  return (
    followWords(view) ??
    fillUp(of, bounds) ??
    drainSpare(of, bounds) ??
    drainUnable(of) ??
    removeEmpty(view, of) ??
    nothing
  );
}

const nothing: BridgesDecision = { do: 'nothing', reason: 'nothing is to be changed' };

type ByState = (...states: BridgeState[]) => readonly FollowedBridge[];

function followWords({ bridges, words }: BridgesView): BridgesDecision | undefined {
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

/** Below what is wanted: one that drains is there at once, a new one in minutes. */
function fillUp(of: ByState, { min, max, wanted }: BridgeBounds): BridgesDecision | undefined {
  const least = wanted === undefined ? min : clamp(wanted, min, max);
  const open = of('open').length;
  const missing = least - of('open', 'unknown').length;
  if (missing <= 0) return undefined;
  const reason = `${count(open, 'bridge')} open of at least ${least}`;
  const spare = of('draining').toSorted(byPeople).slice(-missing);
  if (spare.length > 0) return { do: 'undrain', bridges: namesOf(spare), reason };
  // The unable count: whatever ails them may ail the next ones too.
  const room = max - of('open', 'unknown', 'unable').length;
  return room <= 0 ? undefined : { do: 'start', count: Math.min(missing, room), reason };
}

/** Above what is wanted: those go that are empty soonest. */
function drainSpare(of: ByState, { min, max, wanted }: BridgeBounds): BridgesDecision | undefined {
  const most = wanted === undefined ? max : clamp(wanted, min, max);
  const open = of('open');
  if (open.length <= most) return undefined;
  const known = open.filter(({ said }) => said.ok && said.localEndpoints !== undefined);
  const spare = known.toSorted(byPeople).slice(0, open.length - most);
  if (spare.length === 0) return undefined;
  const reason = `${count(open.length, 'bridge')} open of at most ${most}: the fewest endpoints go first`;
  return { do: 'drain', bridges: namesOf(spare), reason };
}

function drainUnable(of: ByState): BridgesDecision | undefined {
  const unable = of('unable').filter(({ said }) => said.ok && !said.draining);
  if (unable.length === 0) return undefined;
  return { do: 'drain', bridges: namesOf(unable), reason: 'they cannot take conferences' };
}

/** Jicofo takes a draining bridge where no other is open: only beside an open one does an empty one stay empty. */
function removeEmpty({ words }: BridgesView, of: ByState): BridgesDecision | undefined {
  if (of('open').length === 0) return undefined;
  const leaving = of('draining', 'unable', 'told').filter(({ name }) => words.get(name) !== 'drained');
  const empty = leaving.filter(
    ({ said, emptyReads }) => said.ok && said.draining && isEmpty(said) && emptyReads >= readsToBeSure,
  );
  if (empty.length === 0) return undefined;
  const reason = `drained, and found empty ${readsToBeSure} times in a row`;
  return { do: 'remove', bridges: namesOf(empty), reason };
}

/** The fewest local endpoints first, the oldest first among equals: `toSorted` keeps the order of equals. */
function byPeople(a: FollowedBridge, b: FollowedBridge): number {
  return peopleOn(a) - peopleOn(b);
}

function peopleOn({ said }: FollowedBridge): number {
  return (said.ok ? said.localEndpoints : undefined) ?? Number.MAX_SAFE_INTEGER;
}

function namesOf(bridges: readonly FollowedBridge[]): string[] {
  return bridges.map(({ name }) => name);
}

function clamp(number: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, number));
}
