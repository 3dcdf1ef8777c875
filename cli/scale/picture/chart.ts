import type { Column, Span, Timeline } from '../../../orchestrator/scaling/simulate/timeline.ts';
import { areaBetween, lineOf, type Scale } from './steps.ts';
import { timeTicks, valueTicks } from './ticks.ts';

/** Of the whole picture, of its margins, and of the plot between them, in pixels at full size. */
const width = 1_040;
const left = 44;
const top = 8;
const plotHeight = 130;
const stripHeight = 10;
const stripGap = 4;
const plotWidth = width - left - 8;
const stripsTop = top + plotHeight + 10;
const height = stripsTop + 2 * (stripHeight + stripGap) + 18;
/** The last label would be cut off nearer than this to the right edge. */
const labelHalf = 30;

/** The most bridges that existed, and the highest load, both in bridges. */
export function highestOf({ columns }: Timeline): { readonly exist: number; readonly load: number } {
  return {
    exist: columns.reduce((most, { exist }) => Math.max(most, exist.high), 0),
    load: columns.reduce((most, { load }) => Math.max(most, load.high), 0),
  };
}

/**
 * A timeline as an SVG element: bridges that exist, those open, and the load, with strips below for when
 * bridges were hot and people on overloaded ones.
 *
 * @param most what the height stands for, in bridges: the same for all that are compared; what is above is cut off
 * @param label says what it shows to those who do not see it; escaped
 */
export function chartOf({ startMs, columnMs, columns }: Timeline, most: number, label: string): string {
  const values = valueTicks(most);
  const ceiling = values.at(-1) ?? most;
  const scale: Scale = {
    x: (column) => left + (column / columns.length) * plotWidth,
    y: (value) => top + plotHeight * (1 - Math.min(1, value / ceiling)),
  };
  const of = (key: 'load' | 'exist' | 'open', end: keyof Span) => columns.map((column) => column[key][end]);
  const ground = columns.map(() => 0);
  const endMs = startMs + columns.length * columnMs;
  const times = timeTicks(startMs, endMs).map(({ ms, label: text }) => {
    const x = scale.x((ms - startMs) / columnMs);
    return { x: x.toFixed(1), text: x > width - labelHalf ? '' : text };
  });
  const shown = columns.map(valuesOf);
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}" data-start="${startMs}" data-step="${columnMs}" data-left="${left}" data-plot="${plotWidth}" data-columns="${JSON.stringify(shown)}">`,
    `<path class="exist" d="${areaBetween(ground, of('exist', 'high'), scale)}"/>`,
    `<path class="load" d="${areaBetween(ground, of('load', 'low'), scale)}"/>`,
    `<path class="load-span" d="${areaBetween(of('load', 'low'), of('load', 'high'), scale)}"/>`,
    `<path class="open-span" d="${areaBetween(of('open', 'low'), of('open', 'high'), scale)}"/>`,
    `<path class="open" d="${lineOf(of('open', 'high'), scale)}"/>`,
    ...values.map((value) => {
      const y = scale.y(value).toFixed(1);
      return `<path class="grid" d="M${left} ${y}h${plotWidth}"/><text class="y" x="${left - 6}" y="${y}">${value}</text>`;
    }),
    ...times.map(({ x, text }) => {
      return `<path class="grid" d="M${x} ${top}V${height - 16}"/><text class="x" x="${x}" y="${height - 4}">${text}</text>`;
    }),
    strip('hot', columns, 0, scale),
    strip('overloaded', columns, 1, scale),
    `<path class="pointer" d=""/>`,
    '</svg>',
  ].join('\n');
}

/** What is told of a column under the pointer: the most of load, bridges and open ones; hot and overloaded in per cent. */
function valuesOf({ load, exist, open, hot, overloaded }: Column): number[] {
  const short = (value: number) => Number(value.toFixed(2));
  return [load.high, exist.high, open.high, 100 * hot, 100 * overloaded].map(short);
}

/** Marks when there was any, the darker the more. */
function strip(key: 'hot' | 'overloaded', columns: readonly Column[], place: number, { x }: Scale): string {
  const y = stripsTop + place * (stripHeight + stripGap);
  const marks = columns.flatMap((column, index) => {
    const share = column[key];
    if (share === 0) return [];
    const [from, to] = [x(index), x(index + 1)];
    // One in ten thousand must be seen, and one in ten must be darker.
    const opacity = Math.min(1, Math.max(0.25, 1 + 0.25 * Math.log10(share)));
    return `<rect x="${from.toFixed(1)}" y="${y}" width="${(to - from + 0.1).toFixed(1)}" height="${stripHeight}" opacity="${opacity.toFixed(2)}"/>`;
  });
  const word = key === 'hot' ? 'hot' : 'over';
  return `<g class="${key}"><path class="strip" d="M${left} ${y}h${plotWidth}v${stripHeight}h-${plotWidth}z"/>${marks.join('')}</g><text class="y" x="${left - 6}" y="${y + stripHeight / 2}">${word}</text>`;
}
