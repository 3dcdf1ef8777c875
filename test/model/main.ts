import { parseArgs } from 'node:util';
import { messageOf } from '../../common/errors.ts';
import { explore } from './explore.ts';
import { type Fault, faults } from './fault.ts';

const usage = `usage: npm run -s model -- [--fault F] [--rooms N] [--participants N] [--moves N] [--retires N] [--max-worlds N]
faults: ${faults.join(', ')}; all of them unless one is named
`;

/** Explores every chosen fault; true when no invariant was violated. Throws on flags that are wrong. */
function main(): boolean {
  const { values } = parseArgs({
    options: {
      fault: { type: 'string' },
      rooms: { type: 'string', default: '1' },
      participants: { type: 'string', default: '2' },
      moves: { type: 'string', default: '1' },
      retires: { type: 'string', default: '1' },
      pins: { type: 'string', default: '0' },
      removals: { type: 'string', default: '0' },
      'max-worlds': { type: 'string', default: '3000000' },
    },
  });
  const bounds = {
    rooms: count('rooms', values.rooms),
    participants: count('participants', values.participants),
    moves: count('moves', values.moves),
    retirements: count('retires', values.retires),
    pins: count('pins', values.pins),
    removals: count('removals', values.removals),
  };
  const maxWorlds = count('max-worlds', values['max-worlds']);
  const chosen = faults.filter((fault) => values.fault === undefined || fault === values.fault);
  if (chosen.length === 0) throw new Error(`--fault ${values.fault}: there is none of that name`);
  return chosen.map((fault) => tell(fault, bounds, maxWorlds)).every(Boolean);
}

function tell(fault: Fault, bounds: Parameters<typeof explore>[0]['bounds'], maxWorlds: number): boolean {
  const begun = performance.now();
  const { worlds, depth, complete, story } = explore({ bounds, fault, maxWorlds });
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  const extent = story ? 'VIOLATION' : complete ? 'all' : 'not all';
  process.stdout.write(`${fault}: ${worlds} worlds, ${depth} steps deep, ${extent}, ${seconds} s\n`);
  for (const [index, sentence] of (story ?? []).entries())
    process.stdout.write(`  ${index + 1}. ${sentence}\n`);
  return story === undefined;
}

function count(option: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`--${option} ${text}: expected a whole number`);
}

try {
  process.exitCode = main() ? 0 : 1;
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n${usage}`);
  process.exitCode = 2;
}
