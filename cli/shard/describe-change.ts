import type { TextChange } from '../../shards/overlay/text-change.ts';

/** What a change of a file does to it; `withLines`: and which of its lines go and come. */
export function describeChange(change: TextChange, withLines: boolean): string {
  const { path, before, after } = change;
  const verb = before === undefined ? 'create' : after === undefined ? 'delete' : 'edit';
  return [`${verb} ${path}`, ...(withLines ? changedLines(before, after) : [])].join('\n');
}

function changedLines(before: string | undefined, after: string | undefined): string[] {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const start = common(old, fresh);
  const end = common(old.slice(start).reverse(), fresh.slice(start).reverse());
  const gone = old.slice(start, old.length - end).map((line) => `  - ${line}`);
  const come = fresh.slice(start, fresh.length - end).map((line) => `  + ${line}`);
  return [...gone, ...come];
}

function linesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.replace(/\n$/, '').split('\n');
}

/** How many lines two texts have in common at their beginning. */
function common(a: readonly string[], b: readonly string[]): number {
  const differing = a.findIndex((line, index) => line !== b[index]);
  return differing === -1 ? a.length : differing;
}
