import type { Timeline } from '../../../orchestrator/scaling/simulate/timeline.ts';
import { chartOf, highestOf } from './chart.ts';
import { escapeText } from './escape.ts';

/** Columns of a picture: about as many as a screen has pixels beside the text. */
export const columns = 960;

/** One that starts far too many bridges may not press the others flat: the picture ends at so many times the load. */
const headroom = 3;

/** What the height of pictures stands for that are compared, in bridges. */
export function heightFor(timelines: readonly Timeline[]): number {
  const highest = timelines.map(highestOf);
  const load = Math.max(1, ...highest.map((one) => one.load));
  return Math.min(headroom * load, Math.max(1, ...highest.map((one) => one.exist)));
}

/**
 * A picture with a line above it, and one below for the values under the pointer.
 *
 * @param name of what is drawn
 * @param caption as HTML
 * @param most as `heightFor` has it
 */
export function figureOf(name: string, caption: string, timeline: Timeline, most: number): string {
  const label = escapeText(`${name}: load and bridges over time`);
  return `<figure>
<figcaption><b>${escapeText(name)}</b>${caption}, ${Math.round(highestOf(timeline).exist)} bridges at most</figcaption>
<div class="wide">${chartOf(timeline, most, label)}</div>
<output>&nbsp;</output>
</figure>`;
}
