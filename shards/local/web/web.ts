import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../../probes/ask.ts';
import type { ProcessDirectory, ProcessSpec } from '../process/process-directory.ts';
import type { ProcessRecord } from '../process/process-record.ts';
import { startReady } from '../process/start-ready.ts';
import { configScript, roomPage } from './pages.ts';
import { type WebSettings, webConfig } from './web-config.ts';

/** 0.1 s on an idle machine; the bound is for a busy one. */
const startTimeoutMs = 20_000;

/**
 * Starts the shard's web server (nginx) as process `<shard>-web`, unless it runs; returns when it answers.
 * Prosody and Jicofo need not run yet.
 * @throws UsherError with nginx's last words when it does not.
 */
export function startWeb(
  processes: ProcessDirectory,
  settings: WebSettings,
  signal: AbortSignal,
): Promise<ProcessRecord> {
  return startReady(
    processes,
    webProcess(settings),
    {
      ports: [settings.port],
      timeoutMs: startTimeoutMs,
      ready: async (bounded) => {
        const answer = await ask(`http://127.0.0.1:${settings.port}/about/health`, bounded);
        return answer.ok && answer.status === 200 && answer.headers['x-jitsi-shard'] === settings.shard;
      },
    },
    signal,
  );
}

/** Writes the web server's configuration and pages; returns how to run it. */
export function webProcess(settings: WebSettings): ProcessSpec {
  const { directory } = settings;
  mkdirSync(join(directory, 'temp'), { recursive: true });
  mkdirSync(join(directory, 'pages'), { recursive: true });
  writeFileSync(join(directory, 'pages', 'config.js'), configScript(settings));
  writeFileSync(join(directory, 'pages', 'index.html'), roomPage(settings));
  writeFileSync(join(directory, 'nginx.conf'), webConfig(settings));
  return {
    name: `${settings.shard}-web`,
    command: 'nginx',
    // -e: it would open its compiled-in error log, which only root may, before it reads the configuration.
    // -p .: every path relative to the directory, since a `$` in an absolute one would name a variable.
    args: ['-e', 'stderr', '-p', '.', '-c', 'nginx.conf'],
    cwd: directory,
  };
}
