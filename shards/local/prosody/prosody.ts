import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { probeProsody } from '../../probes/prosody.ts';
import type { ProcessDirectory, ProcessSpec } from '../process/process-directory.ts';
import type { ProcessRecord } from '../process/process-record.ts';
import { startReady } from '../process/start-ready.ts';
import { type ProsodySettings, prosodyConfig } from './prosody-config.ts';

/** 0.3 s on an idle machine; the bound is for a busy one. */
const startTimeoutMs = 20_000;

/**
 * Starts the shard's Prosody as process `<shard>-prosody`, unless it runs; returns when it answers BOSH.
 * @throws UsherError with Prosody's last words when it does not.
 */
export function startProsody(
  processes: ProcessDirectory,
  settings: ProsodySettings,
  signal: AbortSignal,
): Promise<ProcessRecord> {
  const url = `http://127.0.0.1:${settings.httpPort}`;
  return startReady(
    processes,
    prosodyProcess(settings),
    {
      ports: [settings.c2sPort, settings.httpPort],
      timeoutMs: startTimeoutMs,
      ready: async (bounded) => (await probeProsody(url, settings.domains.main, bounded)).ok,
    },
    signal,
  );
}

/** Writes the Prosody's configuration; returns how to run it. */
export function prosodyProcess(settings: ProsodySettings): ProcessSpec {
  mkdirSync(settings.directory, { recursive: true });
  const file = join(settings.directory, 'prosody.cfg.lua');
  // Holds passwords.
  writeFileSync(file, prosodyConfig(settings), { mode: 0o600 });
  return { name: `${settings.shard}-prosody`, command: 'prosody', args: ['-F', '--config', file] };
}
