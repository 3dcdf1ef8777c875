import { level, meanScore, meetsLevel } from '../../../orchestrator/scaling/simulate/level.ts';
import type { Ran, Run } from '../../../orchestrator/scaling/simulate/run.ts';
import type { Score } from '../../../orchestrator/scaling/simulate/score.ts';
import type { Trace } from '../../../orchestrator/scaling/simulate/trace.ts';
import { edges, neighbours, optionsOf, sample } from './candidates.ts';
import type { Candidate, Contender } from './contenders.ts';
import { cutWeeks } from './cut-weeks.ts';
import { firstThat, frontOf } from './front.ts';
import { Memo } from './memo.ts';

/** A policy at its best. */
export interface Tuned {
  readonly options: object;
  readonly meetsLevel: boolean;
  readonly score: Score;
  /** Options whose best value is the first or the last that was tried. */
  readonly edges: readonly string[];
}

/** How much is tried. */
export interface TuneOptions {
  readonly trace: Trace;
  /** Worlds over which results are averaged, with the seeds 1, 2, ... */
  readonly seeds: number;
  /** Candidates that are tried at first: those known, and others at random. */
  readonly draws: number;
  /** Weeks of the trace that they are tried on. */
  readonly weeks: number;
}

interface Tried {
  readonly candidate: Candidate;
  readonly score: Score;
}

interface Held {
  readonly candidate: Candidate;
  readonly tuned: Tuned;
}

/** So often it climbs, from so many at once, and by so many steps at most. */
const rounds = 2;
const starts = 2;
const steps = 8;
/** What the level allows for overload is worth this share of the bridge-hours; where nothing holds it, anything. */
const worth = 0.1;
/** One world is held to this factor of the level before the others are tried. */
const oneWorld = 1.25;

/**
 * Finds a policy's cheapest candidate that holds the service level over the whole trace and all seeds; where none does,
 * one with the least overload. On a few weeks many are drawn at random; of those that nothing beats there, the cheapest
 * that holds the level on the whole trace is sought by halves. From those that cost least by bridge-hours and overload
 * together it climbs to better ones beside them, and seeks by halves again. Last it goes down on the whole trace, a step of one
 * option at a time.
 */
export async function tune(
  run: (run: Run) => Promise<Ran>,
  { policy, axes, known = [] }: Contender,
  { trace, seeds, draws, weeks }: TuneOptions,
): Promise<Tuned> {
  const onAll = async (candidate: Candidate): Promise<Tuned> => {
    const options = optionsOf(candidate);
    const runs = Array.from({ length: seeds }, (_, index) =>
      run({ trace, policy, options, seed: index + 1 }),
    );
    const score = meanScore((await Promise.all(runs)).map((ran) => ran.score));
    return { options, meetsLevel: meetsLevel(score), score, edges: edges(axes, candidate) };
  };
  const candidates = [...known, ...sample(axes, draws)].slice(0, draws);
  const [only] = candidates;
  if (!only) throw new RangeError(`${policy} has no candidates`);
  if (candidates.length === 1) return onAll(only);

  const cut = cutWeeks(trace, weeks);
  const tried = new Memo(async (candidate: Candidate): Promise<Tried> => {
    const { score } = await run({ trace: cut, policy, options: optionsOf(candidate), seed: 1 });
    return { candidate, score };
  });
  /** Undefined unless it holds the level. */
  const held = new Memo(async (candidate: Candidate): Promise<Held | undefined> => {
    const options = optionsOf(candidate);
    const atMost = { overloadPpm: oneWorld * level.overloadPpm };
    const { score, gaveUp } = await run({ trace, policy, options, seed: 1, atMost });
    if (gaveUp || !meetsLevel(score, oneWorld)) return undefined;
    const tuned = await onAll(candidate);
    return tuned.meetsLevel ? { candidate, tuned } : undefined;
  });
  await tried.askAll(candidates);
  for (let round = 0; ; round += 1) {
    const front = frontOf((await tried.answers()).filter(({ score }) => score.hotPct <= 2 * level.hotPct));
    const first = await firstThat(front, async ({ candidate }) => (await held.ask(candidate)) !== undefined);
    if (round === rounds) break;
    const price = first ? (worth * first.score.bridgeHours) / level.overloadPpm : 1e6;
    const cost = ({ score }: Tried) => score.bridgeHours + price * score.overloadPpm;
    const sorted = (await tried.answers()).toSorted((a, b) => cost(a) - cost(b));
    const aside = (candidate: Candidate) => tried.askAll(neighbours(axes, candidate));
    await Promise.all(sorted.slice(0, starts).map((start) => climb(start, aside, cost)));
  }
  await Promise.all(known.map((candidate) => held.ask(candidate)));
  const best = await descend(held, (candidate) => neighbours(axes, candidate));
  const least = cheapest(await tried.answers(), ({ score }) => score.overloadPpm);
  return best ?? onAll(least?.candidate ?? only);
}

/** From one to the cheapest beside it for as long as that costs less. */
async function climb(
  start: Tried,
  aside: (candidate: Candidate) => Promise<Tried[]>,
  cost: (one: Tried) => number,
): Promise<void> {
  let at = start;
  for (let left = steps; left > 0; left -= 1) {
    const next = cheapest([at, ...(await aside(at.candidate))], cost);
    if (!next || next === at) return;
    at = next;
  }
}

/** From the cheapest that holds the level on the whole trace to the cheapest beside it that does, as far as that goes. */
async function descend(
  held: Memo<Candidate, Held | undefined>,
  beside: (candidate: Candidate) => Candidate[],
): Promise<Tuned | undefined> {
  for (let best: Held | undefined; ; ) {
    const found = (await held.answers()).filter((one) => one !== undefined);
    const next = cheapest(found, ({ tuned }) => tuned.score.bridgeHours);
    if (!next || next === best) return best?.tuned;
    best = next;
    await held.askAll(beside(best.candidate));
  }
}

/** The first of those that cost the least. */
function cheapest<T>(items: readonly T[], cost: (item: T) => number): T | undefined {
  let best: T | undefined;
  for (const item of items) if (best === undefined || cost(item) < cost(best)) best = item;
  return best;
}
