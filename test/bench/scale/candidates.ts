import { pick, seededRandom } from '../../../common/random.ts';
import type { Axes, Candidate } from './contenders.ts';

/** The same as a policy takes it. */
export function optionsOf(candidate: Candidate): object {
  const options: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(candidate)) {
    const [key = path, part] = path.split('.');
    options[key] = part === undefined ? value : { ...Object(options[key]), [part]: value };
  }
  return options;
}

/** So many different choices at random, or all where there are no more than that. The same for the same axes. */
export function sample(axes: Axes, most: number): Candidate[] {
  const all = Object.values(axes).reduce((count, values) => count * values.length, 1);
  if (all <= most) return everyOne(axes);
  const random = seededRandom(1);
  const found = new Map<string, Candidate>();
  while (found.size < most) {
    const one = Object.fromEntries(Object.entries(axes).map(([key, values]) => [key, pick(random, values)]));
    found.set(JSON.stringify(one), one);
  }
  return [...found.values()];
}

/** All that differ from this one in one option, by one step. */
export function neighbours(axes: Axes, candidate: Candidate): Candidate[] {
  return Object.entries(axes).flatMap(([key, values]) => {
    const at = values.indexOf(candidate[key]);
    const others = [values[at - 1], values[at + 1]].filter((value) => value !== undefined);
    return others.map((value) => ({ ...candidate, [key]: value }));
  });
}

/** The options whose value is the first or the last of those tried: beyond it there might be a better one. */
export function edges(axes: Axes, candidate: Candidate): string[] {
  return Object.entries(axes).flatMap(([key, values]) => {
    const isEdge = values.length > 1 && [values[0], values.at(-1)].includes(candidate[key]);
    return isEdge ? [key] : [];
  });
}

function everyOne(axes: Axes): Candidate[] {
  return Object.entries(axes).reduce<Candidate[]>(
    (sofar, [key, values]) => sofar.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
    [{}],
  );
}
