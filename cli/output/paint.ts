import { styleText } from 'node:util';
import type { ShardStatus } from '../../orchestrator/api/schema/shards.ts';
import type { Output } from '../terminal.ts';

type Colour = Parameters<typeof styleText>[0];

const colours = {
  ready: 'green',
  provisioning: 'cyan',
  degraded: 'yellow',
  down: 'red',
} as const satisfies Record<ShardStatus['observed'], Colour>;

/** An observed state in its colour, where `output` is a terminal that shows colours. */
export function paintObserved(observed: ShardStatus['observed'], output: Output): string {
  return paint(observed, colours[observed], output);
}

/** "yes" as it should be, "NO" in red. */
export function paintGood(good: boolean, output: Output): string {
  return good ? 'yes' : paint('NO', 'red', output);
}

/** How bad a finding is, in its colour. */
export function paintSeverity(severity: keyof typeof severities, output: Output): string {
  const [word, colour] = severities[severity];
  return paint(word, colour, output);
}

/** A line that goes or comes, in its colour. */
export function paintChange(line: string, change: 'gone' | 'come', output: Output): string {
  return paint(line, change === 'gone' ? 'red' : 'green', output);
}

const severities = { ok: ['ok', 'green'], warn: ['WARN', 'yellow'], error: ['ERROR', 'red'] } as const;

function paint(text: string, colour: Colour, output: Output): string {
  return styleText(colour, text, { stream: output });
}
