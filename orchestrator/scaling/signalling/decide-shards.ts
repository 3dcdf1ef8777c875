import { count } from '../../../common/words.ts';
import type { SignallingSettings } from './settings.ts';

/**
 * What a shard is to the decision. `open`: it takes new rooms. `starting`: it is about to. `unwell`: it takes none for
 * now. `down`: its rooms are seated elsewhere. `closed`: cordoned, or its weight is 0. `spare`: usher drained it, and may
 * take that back. `leaving`: its operator drains or removes it.
 */
export type GroupShardState = 'open' | 'starting' | 'unwell' | 'down' | 'closed' | 'spare' | 'leaving';

/** One shard of a group: of one region in one pool. */
export interface GroupShard {
  readonly name: string;
  readonly state: GroupShardState;
  /** Participants at most. */
  readonly limit: number;
  /** What it carries, in participants; undefined: not known, which is not 0. */
  readonly load: number | undefined;
}

/** A group's shards at one look. */
export interface ShardsView {
  readonly now: number;
  readonly shards: readonly GroupShard[];
  readonly settings: Pick<SignallingSettings, 'nearAt' | 'min' | 'max' | 'drainAfterMs'>;
  readonly forecast: GroupOutlook;
  /** Something that changes shards is under way, in words. */
  readonly busy: string | undefined;
  /** When usher last changed the group's shards, in milliseconds since the epoch; 0: never. */
  readonly changedAt: number;
  /** Was more room wanted at the last look? It is then wanted until there is clearly enough. */
  readonly wasShort: boolean;
}

/** What is known of a group's load beyond now, in participants. */
export interface GroupOutlook {
  /** Not exceeded within the next hour, with 97.5 %; undefined before there is a day's history. */
  readonly withinHour: number | undefined;
  /** The highest of the last week; undefined before there is a week's history. */
  readonly weekHighest: number | undefined;
}

/** The one change that a look calls for. */
export type ShardsDecision = {
  /** Why, in words that stay the same while it is so. */
  readonly reason: string;
  /** By what figures. */
  readonly figures: string;
  /** Is there less room than will be needed, whether or not anything can be done now? */
  readonly isShort: boolean;
} & (
  | { readonly do: 'nothing' }
  /** One like the shard `from`. */
  | { readonly do: 'add'; readonly from: string }
  /** No new rooms for this one; or again. */
  | { readonly do: 'drain' | 'undrain'; readonly shard: string }
);

/** Of the room of those that stay, what the week's highest load may fill: what is drained is not soon missed. */
const drainTo = 0.8;
/** Who was short of room is so until the need is below this part of it. */
const reliefAt = 0.95;

/**
 * Follows the load of a group with its shards: adds one where the next hour's load would pass what they carry, and
 * drains one where the others carry the week's highest with room to spare. One change at a time; what is not known
 * changes nothing.
 */
export function decideShards(view: ShardsView): ShardsDecision {
  const { shards, forecast, wasShort } = view;
  const serving = shards.filter(({ state }) => state !== 'starting' && state !== 'down');
  const unknown = serving.filter(({ load }) => load === undefined);
  if (unknown.length > 0) {
    const reason = `not known what ${namesOf(unknown)} carries`;
    return { do: 'nothing', reason, figures: '', isShort: wasShort };
  }
  const now = sum(serving.map(({ load }) => load ?? 0));
  const need = Math.max(now, forecast.withinHour ?? 0);
  // An unwell one is back in minutes, or down; until then it is not replaced.
  const room = roomOf(view, 'open', 'unwell');
  const figures = `${round(now)} participants, at most ${round(need)} within the hour, of ${round(room)}`;
  return need > room * (wasShort ? reliefAt : 1) ? enlarge(view, figures) : reduce(view, need, figures);
}

function enlarge(view: ShardsView, figures: string): ShardsDecision {
  const { shards, settings, busy } = view;
  const short = { isShort: true, figures } as const;
  const wait = (why: string) => ({ do: 'nothing', reason: `short of room, and ${why}`, ...short }) as const;
  const starting = inState(shards, 'starting');
  if (starting.length > 0) return wait(`${namesOf(starting)} starts`);
  if (busy !== undefined) return wait(busy);
  const reason = 'the shards would soon carry more than they should';
  const [back] = inState(shards, 'spare').toSorted((a, b) => (b.load ?? 0) - (a.load ?? 0));
  if (back) return { do: 'undrain', shard: back.name, reason, ...short };
  const existing = inState(shards, 'open', 'unwell', 'down', 'closed').length;
  if (existing >= settings.max)
    return wait(`at its limit, ${count(existing, 'shard')} of at most ${settings.max}`);
  const [from] = inState(shards, 'open');
  return from
    ? { do: 'add', from: from.name, reason, ...short }
    : wait('none is well that a new one could copy');
}

function reduce(view: ShardsView, need: number, figures: string): ShardsDecision {
  const { shards, settings, forecast } = view;
  const hold = (reason: string) => ({ do: 'nothing', reason, figures, isShort: false }) as const;
  const open = inState(shards, 'open');
  const [least] = open.toSorted((a, b) => (a.load ?? 0) - (b.load ?? 0));
  if (!least || open.length <= settings.min) return hold('as few shards as there may be');
  if (forecast.weekHighest === undefined) return hold('not a week of history yet');
  const left = roomOf(view, 'open') - settings.nearAt * least.limit;
  const highest = Math.max(need, forecast.weekHighest);
  if (highest > drainTo * left) return hold('every shard is needed in a week');
  const why = whyNoDrain(view);
  if (why !== undefined) return hold(`one could go, but ${why}`);
  return {
    do: 'drain',
    shard: least.name,
    reason: 'the others carry the week’s highest with room to spare',
    figures: `${round(highest)} participants at the highest, of ${round(left)} without ${least.name}`,
    isShort: false,
  };
}

/** Taking a shard out of use takes hours: it is not begun while anything else goes on. */
function whyNoDrain({ shards, settings, busy, now, changedAt }: ShardsView): string | undefined {
  const changing = inState(shards, 'starting', 'unwell', 'down');
  if (changing.length > 0) return `${namesOf(changing)} is not ready`;
  const emptying = inState(shards, 'spare', 'leaving').filter(({ load }) => load !== 0);
  if (emptying.length > 0) return `${namesOf(emptying)} still drains`;
  if (busy !== undefined) return busy;
  return now - changedAt < settings.drainAfterMs ? 'the last change is not long ago' : undefined;
}

/** What those in these states carry before they are near their limits, in participants. */
function roomOf({ shards, settings }: ShardsView, ...states: GroupShardState[]): number {
  return settings.nearAt * sum(inState(shards, ...states).map(({ limit }) => limit));
}

function inState(shards: readonly GroupShard[], ...states: GroupShardState[]): GroupShard[] {
  return shards.filter(({ state }) => states.includes(state));
}

function namesOf(shards: readonly GroupShard[]): string {
  return shards.map(({ name }) => name).join(', ');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function round(participants: number): string {
  return String(Math.round(participants));
}
