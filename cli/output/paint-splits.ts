import type { SplitSummary } from '../../orchestrator/api/schema/splits.ts';
import type { Output } from '../terminal.ts';
import { paintGood } from './paint.ts';

/** Whether table, proxies and censuses agree about every room, in a few words. */
export function paintSplits({ lookedAt, counts }: SplitSummary, output: Output): string {
  if (lookedAt === null) return 'not looked yet';
  const some = Object.entries(counts).filter(([, number]) => number > 0);
  if (some.length === 0) return paintGood(true, output);
  const words = some.map(([kind, number]) => `${number} ${kind}`).join(', ');
  return `${paintGood(false, output)}: ${words}; see \`usher room splits\``;
}
