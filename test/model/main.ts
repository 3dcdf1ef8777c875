// node test/model/main.ts [--fault F] [--rooms N] [--participants N] [--moves N] [--retires N] [--max-worlds N]
import { parseArgs } from 'node:util';
import { explore } from './explore.ts';
import { faults } from './rules.ts';

const { values } = parseArgs({
  options: {
    fault: { type: 'string' },
    rooms: { type: 'string', default: '1' },
    participants: { type: 'string', default: '2' },
    moves: { type: 'string', default: '1' },
    retires: { type: 'string', default: '1' },
    'max-worlds': { type: 'string', default: '3000000' },
  },
});
/** Chosen with --fault, or all. */
const chosen = faults.filter((fault) => values.fault === undefined || fault === values.fault);
if (chosen.length === 0) {
  process.stderr.write(
    `--fault ${values.fault}: there is none of that name; allowed: ${faults.join(', ')}\n`,
  );
  process.exitCode = 2;
}
const bounds = {
  rooms: count('rooms'),
  participants: count('participants'),
  moves: count('moves'),
  retirements: count('retires'),
};
for (const fault of chosen) {
  const begun = performance.now();
  const { worlds, depth, complete, story } = explore({
    bounds,
    fault,
    maxWorlds: count('max-worlds'),
  });
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  const extent = story ? 'VIOLATION' : complete ? 'all' : 'not all';
  process.stdout.write(`${fault}: ${worlds} worlds, ${depth} steps deep, ${extent}, ${seconds} s\n`);
  for (const [index, sentence] of (story ?? []).entries())
    process.stdout.write(`  ${index + 1}. ${sentence}\n`);
  if (story) process.exitCode = 1;
}

function count(option: 'rooms' | 'participants' | 'moves' | 'retires' | 'max-worlds'): number {
  const value = Number(values[option]);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`--${option} ${values[option]}: a whole number is wanted`);
  return value;
}
