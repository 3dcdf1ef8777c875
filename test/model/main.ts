import { parseArgs } from 'node:util';
import { messageOf } from '../../common/errors.ts';
import { type Case, cases } from './cases.ts';
import { explore } from './explore.ts';
import { type Fault, faults } from './fault.ts';
import type { Bounds } from './world.ts';

const usage = `usage: npm run -s model -- [--fault F] [--rooms N] [--participants N] [--moves N] [--retires N]
                            [--pins N] [--removals N] [--max-worlds N]
Without bounds: ${cases.map(({ name }) => name).join('; ')}.
faults: ${faults.join(', ')}; all that the bounds are searched with unless one is named
`;

/** Explores every chosen fault; true when no invariant was violated. Throws on flags that are wrong. */
function main(): boolean {
  const { values } = parseArgs({
    options: {
      fault: { type: 'string' },
      rooms: { type: 'string' },
      participants: { type: 'string' },
      moves: { type: 'string' },
      retires: { type: 'string' },
      pins: { type: 'string' },
      removals: { type: 'string' },
      'max-worlds': { type: 'string', default: '10000000' },
    },
  });
  const { fault, 'max-worlds': most, ...sizes } = values;
  if (fault !== undefined && !faults.some((known) => known === fault)) {
    throw new Error(`--fault ${fault}: there is none of that name`);
  }
  const maxWorlds = count('max-worlds', most);
  const chosen = Object.keys(sizes).length === 0 ? cases : [ownCase(sizes)];
  return chosen.map((one) => search(one, fault, maxWorlds)).every(Boolean);
}

function search({ name, bounds, faults }: Case, only: string | undefined, maxWorlds: number): boolean {
  const chosen = faults.filter((fault) => only === undefined || fault === only);
  if (chosen.length > 0) process.stdout.write(`${name}\n`);
  return chosen.map((fault) => tell(fault, bounds, maxWorlds)).every(Boolean);
}

function tell(fault: Fault, bounds: Bounds, maxWorlds: number): boolean {
  const begun = performance.now();
  const { worlds, depth, complete, story } = explore({ bounds, fault, maxWorlds });
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  const extent = story ? 'VIOLATION' : complete ? 'all' : 'not all';
  process.stdout.write(`  ${fault}: ${worlds} worlds, ${depth} steps deep, ${extent}, ${seconds} s\n`);
  for (const [index, sentence] of (story ?? []).entries())
    process.stdout.write(`    ${index + 1}. ${sentence}\n`);
  return story === undefined;
}

function ownCase(sizes: Record<string, string | undefined>): Case {
  const size = (option: string, otherwise: number) =>
    sizes[option] === undefined ? otherwise : count(option, sizes[option]);
  const bounds = {
    rooms: size('rooms', 1),
    participants: size('participants', 2),
    moves: size('moves', 1),
    retirements: size('retires', 0),
    pins: size('pins', 0),
    removals: size('removals', 0),
  };
  if (bounds.rooms > 2) throw new Error(`--rooms ${bounds.rooms}: there are two at most`);
  return { name: JSON.stringify(bounds), bounds, faults };
}

function count(option: string, text: string): number {
  const value = Number(text);
  if (text !== '' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`--${option} ${text}: expected a whole number`);
}

try {
  process.exitCode = main() ? 0 : 1;
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n${usage}`);
  process.exitCode = 2;
}
