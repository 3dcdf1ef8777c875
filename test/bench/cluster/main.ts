import { parseArgs } from 'node:util';
import { interruption } from '../interruption.ts';
import { type Durations, measureSize, type SizeFigures } from './measure-size.ts';
import { startWorld } from './world.ts';

/** The benchmark itself, in the network namespace of scripts/cluster-network.sh; prints the figures as JSON. */
const durations: Durations = { settleMs: 60_000, restMs: 60_000, churnMs: 60_000 };

const { values } = parseArgs({
  options: { shards: { type: 'string' }, bridges: { type: 'string' }, seconds: { type: 'string' } },
});
const sizes = (values.shards ?? '').split(',').map(Number);
const bridges = Number(values.bridges);
const ms = values.seconds === undefined ? undefined : Number(values.seconds) * 1_000;
using interrupted = interruption();
const { signal } = interrupted;
await using cleanUp = new AsyncDisposableStack();
const world = await startWorld(bridges, signal);
cleanUp.defer(() => world.stop());
const figures: SizeFigures[] = [];
for (const shards of sizes) {
  process.stderr.write(`${shards} shards with ${bridges} bridges each ...\n`);
  await world.growTo(shards);
  figures.push(
    await measureSize(
      world,
      { shards, bridges },
      ms === undefined ? durations : { settleMs: ms, restMs: ms, churnMs: ms },
      signal,
    ),
  );
  process.stderr.write(`${JSON.stringify(figures.at(-1))}\n`);
}
process.stdout.write(JSON.stringify(figures));
