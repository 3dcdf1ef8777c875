import { parseArgs } from 'node:util';
import { messageOf } from '../../common/errors.ts';
import { startTemporaryFleet } from '../fleet/running-fleet.ts';
import { demoFleet } from './demo-fleet.ts';
import { Progress } from './progress.ts';
import { renderReport } from './render-report.ts';
import { isClean } from './report.ts';
import { tellStory } from './story.ts';

const shards = { 'eu-1': 'eu', 'eu-2': 'eu', 'us-1': 'us' };
const timings = { graceMs: 4_000 };
const size = { rooms: 300, later: 60, duringFault: 20 };

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
// Whatever goes wrong, the fleet is stopped before the process ends.
process.once('uncaughtException', (error) => stop.abort(error));

const progress = new Progress();
const say = (line: string) => progress.say(line);
try {
  say('starting a fleet: Redis, 2 HAProxies with their agents, an orchestrator, 3 shards');
  const fleet = await startTemporaryFleet({ shards, timings }, say, stop.signal);
  try {
    const report = await tellStory(demoFleet(fleet, say), size, progress, stop.signal);
    process.stdout.write(
      values.json ? `${JSON.stringify(report, undefined, 2)}\n` : `\n${renderReport(report)}\n`,
    );
    process.exitCode = isClean(report) ? 0 : 1;
  } finally {
    say('stopping the fleet');
    await fleet.stop();
  }
} catch (error) {
  process.stderr.write(
    `demo: ${stop.signal.aborted ? 'interrupted; the fleet was stopped' : messageOf(error)}\n`,
  );
  process.exitCode = 1;
}
