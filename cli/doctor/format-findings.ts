import { paintSeverity } from '../output/paint.ts';
import type { Output } from '../terminal.ts';
import type { CheckedFinding } from './run-checks.ts';

const columns = { severity: 8, check: 14 };

/** Findings for people: a line each, and below it what to do. */
export function formatFindings(findings: readonly CheckedFinding[], output: Output): string {
  const indent = ' '.repeat(columns.severity + columns.check);
  return findings
    .map(({ severity, check, what, where, doThis }) => {
      const word = paintSeverity(severity, output) + ' '.repeat(columns.severity - severity.length);
      // A finding may have lines of its own, as a fleet file's has.
      const text = `${where === '' ? '' : `${where}: `}${what}`.replaceAll('\n', `\n${indent}`);
      const advice = doThis === '' ? '' : `${indent}-> ${doThis}\n`;
      return `${word}${check.padEnd(columns.check)}${text}\n${advice}`;
    })
    .join('');
}
