import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { breweryJid, type XmppDomains } from '../domains.ts';
import type { LocalPorts } from './driver-ports.ts';
import { type LocalShard, processNames } from './driver-shard.ts';
import { type Simulator, startSimulator } from './driver-simulator.ts';
import type { ProcessDirectory } from './process/process-directory.ts';
import { startProsody } from './prosody/prosody.ts';
import { startWeb } from './web/web.ts';

/** A shard to run: what it is, where, and on which ports. */
export interface ShardRun {
  readonly shard: LocalShard;
  readonly ports: LocalPorts;
  readonly domains: XmppDomains;
  /** Own folder of the shard, absolute. */
  readonly directory: string;
}

/**
 * Starts the parts that do not run; returns when each answers.
 * @throws UsherError of the first part that did not start.
 */
export async function startShard(
  processes: ProcessDirectory,
  run: ShardRun,
  signal: AbortSignal,
): Promise<void> {
  const { shard, ports, domains, directory } = run;
  const common = { shard: shard.name, region: shard.region, domains };
  mkdirSync(directory, { recursive: true });
  await startProsody(
    processes,
    {
      ...common,
      directory: join(directory, 'prosody'),
      users: shard.users,
      c2sPort: ports.prosodyC2s,
      httpPort: ports.prosodyHttp,
    },
    signal,
  );
  await allStarted([
    startSimulator(processes, directory, jicofo(run), signal),
    ...shard.bridges.map((name) => startSimulator(processes, directory, bridge(run, name), signal)),
    startWeb(
      processes,
      {
        ...common,
        directory: join(directory, 'web'),
        port: ports.web,
        prosodyHttpPort: ports.prosodyHttp,
        jicofoPort: ports.jicofo,
      },
      signal,
    ),
  ]);
}

function jicofo(run: ShardRun): Simulator {
  const { shard, ports, domains } = run;
  const xmpp = { ...account(run, 'focus'), conferenceDomain: domains.muc };
  const { name, region, imageTag: version } = shard;
  const config = { shard: name, region, xmpp, healthChecks: true, version };
  return { kind: 'jicofo', name: processNames(shard).jicofo, restPort: ports.jicofo, config };
}

function bridge(run: ShardRun, name: string): Simulator {
  const { shard, ports } = run;
  const { region, imageTag: version } = shard;
  const config = { shard: shard.name, region, name, xmpp: account(run, 'jvb'), version };
  return { kind: 'bridge', name, restPort: ports.bridges[name] ?? 0, config };
}

function account({ shard, ports, domains }: ShardRun, user: 'focus' | 'jvb') {
  return {
    host: '127.0.0.1',
    port: ports.prosodyC2s,
    domain: domains.auth,
    user,
    password: shard.users[user],
    breweryJid: breweryJid(domains),
  };
}

/** Waits for all, also when one fails: what is still being started would otherwise go on unseen. */
async function allStarted(starts: readonly Promise<unknown>[]): Promise<void> {
  for (const start of await Promise.allSettled(starts)) {
    if (start.status === 'rejected') throw start.reason;
  }
}
