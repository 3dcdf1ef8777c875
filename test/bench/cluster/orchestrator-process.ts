import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logTail } from '../../../shards/local/process/process-log.ts';
import type { ProcessFigures } from './process-figures.ts';

const program = fileURLToPath(new URL('../../../cli/usher.ts', import.meta.url));
const figures = fileURLToPath(new URL('process-figures.ts', import.meta.url));

/** As it stands in the fleet file. */
export const fleetName = 'bench';

/** Where it is reached: a pod has an address of its own. */
const address = '10.200.0.1:8700';

/** An orchestrator as it runs in its pod. */
export interface OrchestratorProcess {
  /** Of its API. */
  readonly base: string;
  /** Since the last time they were asked for. */
  figures(): Promise<ProcessFigures>;
  /** Its last lines. */
  words(): string;
  /** Ends it in good order. */
  stop(): Promise<void>;
}

/**
 * Starts `usher orchestrator` of a fleet of driver kubernetes.
 *
 * @param directory a folder for its fleet file and its log
 */
export async function startOrchestrator(
  directory: string,
  { kubeconfig, redisUrl }: { kubeconfig: string; redisUrl: string },
): Promise<OrchestratorProcess> {
  const fleet = join(directory, 'fleet');
  await mkdir(fleet, { recursive: true });
  await writeFile(join(fleet, 'fleet.yaml'), fleetFile(redisUrl));
  const logFile = join(directory, 'orchestrator.log');
  const log = openSync(logFile, 'w');
  const args = ['orchestrator', '--fleet', fleet, '--api', address, '--name', 'orchestrator-0'];
  const child = fork(program, args, {
    // As in USHER_BENCH_ARGV='--cpu-prof --cpu-prof-dir=/tmp', to see where the time goes.
    execArgv: ['--import', figures, ...(process.env.USHER_BENCH_ARGV?.split(' ') ?? [])],
    env: { ...process.env, KUBECONFIG: kubeconfig },
    stdio: ['ignore', log, log, 'ipc'],
  });
  return {
    base: `http://${address}`,
    async figures() {
      const answered = once(child, 'message', { signal: AbortSignal.timeout(10_000) });
      child.send('figures');
      const [said] = await answered;
      return said as ProcessFigures;
    },
    words: () => logTail(logFile).join('\n'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const killing = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(killing);
    },
  };
}

/** No agent is there: what proxies are told is not measured here. */
function fleetFile(redisUrl: string): string {
  return `name: ${fleetName}
driver: kubernetes
redis: { url: '${redisUrl}' }
orchestrator: { api: '0.0.0.0:8700' }
proxies: [{ name: proxy-0, bind: '*:1', stats: '*:2', agent: { spoe: 'proxy-0.invalid:3', http: 'proxy-0.invalid:4' } }]
`;
}
