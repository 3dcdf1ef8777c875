import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type XmppDomains, xmppDomains } from '../../domains.ts';
import { PortBook } from '../process/ports.ts';
import { ProcessDirectory } from '../process/process-directory.ts';
import { startProsody } from './prosody.ts';
import type { ProsodySettings } from './prosody-config.ts';

/** A Prosody for tests, of shard `eu-1`, with a folder and ports of its own. */
export interface TestProsody {
  readonly directory: string;
  readonly processes: ProcessDirectory;
  readonly ports: PortBook;
  readonly settings: ProsodySettings;
  readonly domains: XmppDomains;
  /** Its HTTP address without path. */
  readonly url: string;
  /** Ends it, and all else that was started in `processes`, and deletes the folder. */
  close(): Promise<void>;
}

/** Starts one; the users `focus` and `jvb` have their own names as passwords. */
export async function startTestProsody(): Promise<TestProsody> {
  const directory = mkdtempSync(join(tmpdir(), 'usher-prosody-'));
  const processes = new ProcessDirectory(directory);
  const ports = new PortBook(join(directory, 'ports.json'));
  const domains = xmppDomains();
  const settings = {
    shard: 'eu-1',
    region: 'eu',
    domains,
    directory: join(directory, 'prosody'),
    c2sPort: await ports.port('c2s', { free: true }),
    httpPort: await ports.port('http', { free: true }),
    users: { focus: 'focus', jvb: 'jvb' },
  };
  await startProsody(processes, settings, AbortSignal.timeout(30_000));
  const url = `http://127.0.0.1:${settings.httpPort}`;
  return { directory, processes, ports, settings, domains, url, close };

  async function close(): Promise<void> {
    await Promise.all(processes.list().map(({ name }) => processes.stop(name)));
    rmSync(directory, { recursive: true, force: true });
  }
}
