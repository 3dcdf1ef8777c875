import type { Compared } from '../../../orchestrator/scaling/simulate/compare.ts';
import { escapeText } from '../picture/escape.ts';
import { figureOf, heightFor } from '../picture/figure.ts';
import { htmlTable, levelMark, pageOf } from '../picture/page.ts';
import { head, headingOf, levelText, resultsByTrace, rowOf, type TraceResults } from './results.ts';

/**
 * What a comparison showed, as an HTML page: tables, and a picture of every policy.
 *
 * @param settings in words
 */
export function comparisonPage(compared: readonly Compared[], settings: string): string {
  const sections = resultsByTrace(compared).map((results) => sectionOf(results, compared));
  return pageOf('Bridges by policy', settings, sections);
}

function sectionOf(results: TraceResults, compared: readonly Compared[]): string {
  const ofTrace = compared.filter(({ name }) => name === results.trace);
  const most = heightFor(ofTrace.flatMap(({ timeline }) => timeline ?? []));
  const figures = results.policies.map(({ policy, meetsLevel, bridgeHours }) => {
    const timeline = ofTrace.find((one) => one.policy === policy)?.timeline;
    const caption = `${bridgeHours.toFixed(0)} bridge-hours a day, ${levelMark(meetsLevel)}`;
    return timeline ? figureOf(policy, caption, timeline, most) : '';
  });
  return `<h2>${escapeText(headingOf(results))}</h2>
${htmlTable(head, results.policies.map(rowOf))}
<p>All but cut are per day. ${escapeText(levelText)}</p>
${figures.join('\n')}`;
}
