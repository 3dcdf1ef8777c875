import { level, meanScore, meetsLevel } from '../../../orchestrator/scaling/simulate/level.ts';
import type { Ran, Run } from '../../../orchestrator/scaling/simulate/run.ts';
import type { Score } from '../../../orchestrator/scaling/simulate/score.ts';
import type { Trace } from '../../../orchestrator/scaling/simulate/trace.ts';
import { type Candidate, edges, neighbours, sample } from './candidates.ts';
import type { Contender } from './contenders.ts';
import { cutWeeks } from './cut-weeks.ts';
import { firstThat, frontOf } from './front.ts';

/** A policy at its best. */
export interface Tuned {
  readonly options: Candidate;
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
  /** Candidates that are drawn at random at first. */
  readonly draws: number;
  /** Weeks of the trace that they are tried on. */
  readonly weeks: number;
}

interface Tried {
  readonly candidate: Candidate;
  readonly score: Score;
}

/** So many steps at most go from the best that was drawn to better ones beside it. */
const climbs = 8;
/** So many of those that are cheaper on the weeks are tried on the whole trace. */
const finalists = 3;
/** One world is held to this factor of the level before the others are tried. */
const oneWorld = 1.25;

/**
 * Finds a policy's cheapest candidate that holds the service level over the whole trace and all seeds; where none does,
 * the one with the least overload. On a few weeks many are drawn at random; of those that nothing beats there, the
 * cheapest that holds the level on the whole trace is sought by halves. What it has for overload on the weeks is then
 * allowed to its neighbours, which are tried step by step while they become cheaper.
 */
export async function tune(
  run: (run: Run) => Promise<Ran>,
  { policy, axes }: Contender,
  { trace, seeds, draws, weeks }: TuneOptions,
): Promise<Tuned> {
  const cut = cutWeeks(trace, weeks);
  const onWeeks = async (candidate: Candidate): Promise<Tried> => {
    const { score } = await run({ trace: cut, policy, options: candidate, seed: 1 });
    return { candidate, score };
  };
  const onAll = async (candidate: Candidate): Promise<Tuned> => {
    const runs = Array.from({ length: seeds }, (_, index) =>
      run({ trace, policy, options: candidate, seed: index + 1 }),
    );
    const score = meanScore((await Promise.all(runs)).map((ran) => ran.score));
    return { options: candidate, meetsLevel: meetsLevel(score), score, edges: edges(axes, candidate) };
  };
  /** Undefined unless it holds the level, with fewer bridge-hours than that. */
  const test = async (candidate: Candidate, bridgeHours?: number): Promise<Tuned | undefined> => {
    const atMost = { overloadPpm: oneWorld * level.overloadPpm, ...(bridgeHours && { bridgeHours }) };
    const { score, gaveUp } = await run({ trace, policy, options: candidate, seed: 1, atMost });
    if (gaveUp || !meetsLevel(score, oneWorld)) return undefined;
    const tuned = await onAll(candidate);
    return tuned.meetsLevel && tuned.score.bridgeHours < (bridgeHours ?? Number.POSITIVE_INFINITY)
      ? tuned
      : undefined;
  };
  const candidates = sample(axes, draws);
  const [only] = candidates;
  if (!only) throw new RangeError(`${policy} has no candidates`);
  if (candidates.length === 1) return onAll(only);
  const aside = (candidate: Candidate) => Promise.all(neighbours(axes, candidate).map(onWeeks));
  const drawn = await Promise.all(candidates.map(onWeeks));
  const front = frontOf(drawn.filter(({ score }) => score.hotPct <= 2 * level.hotPct));
  let start = await firstThat(front, async ({ candidate }) => (await test(candidate)) !== undefined);
  if (!start) {
    const path = await climb(
      least(drawn),
      aside,
      (one, than) => one.score.overloadPpm < than.score.overloadPpm,
    );
    const end = path.at(-1) ?? least(drawn);
    if (!(await test(end.candidate))) return onAll(end.candidate);
    start = end;
  }
  let best = await onAll(start.candidate);
  const most = { ppm: start.score.overloadPpm, hot: Math.max(start.score.hotPct, level.hotPct) };
  const path = await climb(start, aside, ({ score }, than) => {
    return (
      score.bridgeHours < than.score.bridgeHours && score.overloadPpm <= most.ppm && score.hotPct <= most.hot
    );
  });
  for (const { candidate } of path.toReversed().slice(0, finalists)) {
    const tuned = await test(candidate, best.score.bridgeHours);
    if (!tuned) continue;
    best = tuned;
    break;
  }
  return best;
}

/** From one to the best beside it for as long as that is better; all that it came by after the start. */
async function climb(
  start: Tried,
  aside: (candidate: Candidate) => Promise<Tried[]>,
  isBetter: (one: Tried, than: Tried) => boolean,
): Promise<Tried[]> {
  const path: Tried[] = [];
  for (let at = start; path.length < climbs; ) {
    const next = (await aside(at.candidate)).reduce((best, one) => (isBetter(one, best) ? one : best), at);
    if (next === at) break;
    path.push(next);
    at = next;
  }
  return path;
}

function least(tried: readonly Tried[]): Tried {
  return tried.reduce((best, one) => (one.score.overloadPpm < best.score.overloadPpm ? one : best));
}
