import type { Compared } from '../../../orchestrator/scaling/simulate/compare.ts';
import { headingOf, levelText, resultsByTrace, rowOf, type TraceResults } from '../simulate/results.ts';
import { chartOf, highestOf } from './chart.ts';
import { escapeText } from './escape.ts';
import { style } from './style.ts';

const heads = [
  'policy',
  'bridge-hours',
  'x bound',
  'overload ppm',
  'hot %',
  'launches',
  'splits',
  'cut',
  'level',
];

const legend = [
  ['exist', 'bridges that exist'],
  ['open', 'bridges that take new meetings'],
  ['load', 'load, in full bridges'],
  ['hot', 'hot: bridges above .8'],
  ['over', 'over: people on bridges above 1'],
] as const;

/**
 * What a comparison showed, as one HTML page that needs nothing else: tables, and a picture of every policy.
 *
 * @param settings are told as they are
 */
export function pageOf(compared: readonly Compared[], settings: object): string {
  const told = Object.entries(settings).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bridges by policy</title>
<style>${style}</style>
<h1>Bridges by policy</h1>
<p>${escapeText(told.join(', '))}</p>
<ul class="legend">${legend.map(([key, text]) => `<li><i style="--mark: var(--${key})"></i>${text}</li>`).join('')}</ul>
${resultsByTrace(compared)
  .map((results) => sectionOf(results, compared))
  .join('\n')}
</html>
`;
}

/** One that starts far too many bridges may not press the others flat: the picture ends at so many times the load. */
const headroom = 3;

function sectionOf(results: TraceResults, compared: readonly Compared[]): string {
  const ofTrace = compared.filter(({ name }) => name === results.trace);
  const highest = ofTrace.flatMap(({ timeline }) => (timeline ? [highestOf(timeline)] : []));
  const load = Math.max(1, ...highest.map((one) => one.load));
  const most = Math.min(headroom * load, Math.max(1, ...highest.map((one) => one.exist)));
  const figures = results.policies.map((result) => {
    const timeline = ofTrace.find(({ policy }) => policy === result.policy)?.timeline;
    if (!timeline) return '';
    const level = result.meetsLevel ? 'held' : 'missed';
    const caption = `${result.bridgeHours.toFixed(0)} bridge-hours a day, ${result.timesBound.toFixed(2)} times the fluid bound, ${highestOf(timeline).exist} bridges at most; overload ${result.overloadPpm.toFixed(0)} ppm, hot ${result.hotPct.toFixed(1)} %; service level <span class="${level}">${level}</span>`;
    const label = escapeText(`${result.policy} on ${results.trace}: load and bridges over time`);
    return `<figure>\n<figcaption><b>${result.policy}</b>${caption}</figcaption>\n${chartOf(timeline, most, label)}\n</figure>`;
  });
  return `<h2>${escapeText(headingOf(results))}</h2>
<table>
<tr>${heads.map((one) => `<th>${one}</th>`).join('')}</tr>
${results.policies.map((result) => `<tr>${rowOf(result).map(cell).join('')}</tr>`).join('\n')}
</table>
<p>All but cut are per day. ${escapeText(levelText)}</p>
${figures.join('\n')}`;
}

function cell(text: string): string {
  return text === 'held' || text === 'missed' ? `<td class="${text}">${text}</td>` : `<td>${text}</td>`;
}
