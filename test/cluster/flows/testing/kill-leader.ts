import { readdirSync, readFileSync } from 'node:fs';
import { CoordinationV1Api, type KubeConfig } from '@kubernetes/client-node';
import { waitFor } from '../../../../common/time.ts';
import { leaderFrom } from '../../../../orchestrator/leader/lease-holder.ts';

/** Kills the orchestrator that leads; resolves when its Lease has expired and another leadership has begun. */
export async function killLeader(admin: KubeConfig): Promise<void> {
  const api = admin.makeApiClient(CoordinationV1Api);
  const read = async () => {
    const { spec } = await api.readNamespacedLease({ name: 'usher-leader', namespace: 'usher' });
    return { holder: spec?.holderIdentity ?? '', transitions: spec?.leaseTransitions };
  };
  const before = await read();
  process.kill(pidOf(leaderFrom(before.holder, 'the Lease').name), 'SIGKILL');
  const isTaken = async () => ((await read()).transitions !== before.transitions ? true : undefined);
  await waitFor(isTaken, { timeoutMs: 30_000, everyMs: 100, describe: () => 'nobody else leads' });
}

/** Names of pods are unique. */
function pidOf(pod: string): number {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  const found = pids.find((pid) => commandLine(pid).includes(`--name=${pod}`));
  if (found === undefined) throw new Error(`no process runs for pod ${pod}`);
  return Number(found);
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
