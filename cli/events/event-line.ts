import type { FleetEvent } from '../../orchestrator/events/schema.ts';

/** So many names in a line. */
const maxNames = 3;

/** An event in one line, with its newline: when, who, what, about whom, why, and what came of it unless all went well. */
export function eventLine({
  at,
  actor,
  action,
  rooms,
  shards,
  reason,
  outcome,
  leftOut,
}: FleetEvent): string {
  const about = [listed(rooms, leftOut.rooms), listed(shards, leftOut.shards)].filter((text) => text !== '');
  const what = [action, about.join(' on ')].join(' ').trim();
  const end = outcome === 'ok' ? '' : `: ${outcome}`;
  return `${oneLine(`${at} ${actor}: ${what}: ${reason}${end}`)}\n`;
}

function listed(names: readonly string[], leftOut = 0): string {
  const rest = names.length + leftOut - maxNames;
  return `${names.slice(0, maxNames).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Reasons quote what other programs answered: no line breaks, and nothing that a terminal obeys. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ');
}
