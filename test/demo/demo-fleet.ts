import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from '../../common/time.ts';
import type { FleetStatus } from '../../orchestrator/api/schema/fleet.ts';
import { processNames } from '../../orchestrator/local-fleet/fleet-processes.ts';
import { apiOf } from '../e2e/testing/usher-on.ts';
import { type RunningFleet, usherCommand } from '../fleet/running-fleet.ts';
import type { DemoFleet, DrainLeft } from './fleet.ts';

const boundMs = 120_000;

/** A running fleet in the hands of an operator who uses the CLI, and of somebody who pulls plugs. */
export function demoFleet(fleet: RunningFleet, say: (line: string) => void): DemoFleet {
  const nameOf = (proxy: string) => fleet.fleet.proxies[fleet.proxies.indexOf(proxy)]?.name ?? '';
  const inStep = async (proxy: string, signal: AbortSignal) => {
    const isBack = async () => {
      const { proxies } = await readStatus(fleet);
      const found = proxies.find(({ name }) => name === nameOf(proxy));
      return found?.inStep && found.error === null && found.haproxy ? true : undefined;
    };
    await waitFor(() => isBack().catch(() => undefined), {
      timeoutMs: 30_000,
      signal,
      describe: () => `${nameOf(proxy)} did not come back`,
    });
  };
  const kill = (name: string) => {
    const record = fleet.processes.find(name);
    if (!record) throw new Error(`${name} does not run`);
    // Its own process group: HAProxy's worker goes with its master, as in a crash of the machine.
    process.kill(-record.pid, 'SIGKILL');
  };
  const usher = async (words: readonly string[], signal: AbortSignal) => {
    say(`$ usher ${words.join(' ')}`);
    const [command, ...first] = usherCommand;
    const args = [...first, ...words, '--fleet', fleet.folder, '--state', fleet.state];
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], signal });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`usher ${words.join(' ')} ended with ${code}: ${said.trim()}`);
  };
  return {
    proxies: fleet.proxies,
    async addShard(name, region, signal) {
      await usher(['shard', 'add', name, '--region', region, '--bridges', '1..2', '--wait'], signal);
      await waitFor(async () => ((await readStatus(fleet)).operations.length === 0 ? true : undefined), {
        timeoutMs: boundMs,
        signal,
        describe: () => `the buckets of ${name} did not settle`,
      });
    },
    async drainAndRemove(name, onProgress, signal) {
      const done = new AbortController();
      const watching = watchLeft(fleet, name, onProgress, AbortSignal.any([signal, done.signal]));
      try {
        await usher(
          ['shard', 'remove', name, '--drain', '--wait', '--timeout', String(boundMs / 1_000)],
          signal,
        );
      } finally {
        done.abort();
        await watching;
      }
    },
    killProxy: async (proxy) => kill(processNames.haproxy(nameOf(proxy))),
    reviveProxy: inStep,
    killAgent: async (proxy) => kill(processNames.agent(nameOf(proxy))),
    reviveAgent: inStep,
  };
}

async function watchLeft(
  fleet: RunningFleet,
  name: string,
  onProgress: (left: DrainLeft) => void,
  signal: AbortSignal,
): Promise<void> {
  const look = async () => {
    const shard = (await readStatus(fleet)).shards.find((one) => one.name === name);
    if (shard) onProgress({ rooms: shard.rooms, participants: shard.participants ?? 0 });
    return undefined;
  };
  await waitFor(() => look().catch(() => undefined), {
    timeoutMs: boundMs,
    everyMs: 500,
    signal,
    describe: () => 'done',
  }).catch(() => undefined);
}

function readStatus(fleet: RunningFleet): Promise<FleetStatus> {
  return apiOf(fleet).status();
}
