import { escapeText } from './escape.ts';
import { showValues } from './show-values.ts';
import { style } from './style.ts';

const legend = [
  ['exist', 'bridges that exist'],
  ['open', 'bridges that take new meetings'],
  ['load', 'load, in full bridges'],
  ['hot', 'hot: bridges above .8'],
  ['over', 'over: people on bridges above 1'],
] as const;

/**
 * An HTML page that needs nothing else.
 *
 * @param told what is to be known before anything is read
 * @param sections as HTML
 */
export function pageOf(title: string, told: string, sections: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<style>${style}</style>
<h1>${escapeText(title)}</h1>
<p>${escapeText(told)}</p>
<ul class="legend">${legend.map(([key, text]) => `<li><i style="--mark: var(--${key})"></i>${text}</li>`).join('')}</ul>
${sections.join('\n')}
<script>${showValues}</script>
</html>
`;
}

/** A table of texts. A level that is held or missed has its colour. */
export function htmlTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<div class="wide"><table>
<tr>${head.map((one) => `<th>${escapeText(one.toLowerCase())}</th>`).join('')}</tr>
${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}
</table></div>`;
}

/** Whether the service level is held, in its colour. */
export function levelMark(isHeld: boolean): string {
  const level = isHeld ? 'held' : 'missed';
  return `service level <span class="${level}">${level}</span>`;
}

function cell(text: string): string {
  const mark = text === 'held' || text === 'missed' ? ` class="${text}"` : '';
  return `<td${mark}>${escapeText(text)}</td>`;
}
