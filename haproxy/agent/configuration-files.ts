import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import type { Address } from '../config/address.ts';
import { checkConfiguration } from '../config/check.ts';
import { renderProxyFiles } from '../config/render.ts';
import type { ProxySettings } from '../config/schema.ts';
import { type HaproxyVersion, readHaproxyVersion } from '../config/version.ts';
import type { RuntimeClient } from '../runtime/client.ts';
import { listProcesses, reload } from '../runtime/processes.ts';
import type { ProxyServer } from './plan-servers.ts';
import { reloadReason } from './reload-reason.ts';

/** Whose files they are, and what they are written from. */
export interface ConfigurationFilesOptions {
  proxy: ProxySettings;
  backupAgents: readonly Address[];
  directory: string;
  log: Logger;
}

/** HAProxy's configuration on disk, always the one to start from; reloaded only for a reason that is logged. */
export class ConfigurationFiles {
  readonly #options: ConfigurationFilesOptions;
  readonly #master: RuntimeClient;
  readonly #version: HaproxyVersion;
  #reloads = 0;

  private constructor(options: ConfigurationFilesOptions, master: RuntimeClient, version: HaproxyVersion) {
    this.#options = options;
    this.#master = master;
    this.#version = version;
  }

  /** Throws UsherError when HAProxy is missing or too old. */
  static async open(options: ConfigurationFilesOptions, master: RuntimeClient): Promise<ConfigurationFiles> {
    return new ConfigurationFiles(options, master, await readHaproxyVersion());
  }

  /** Reloads since this agent started. */
  get reloads(): number {
    return this.#reloads;
  }

  /** Writes the files for these servers; throws UsherError, with the old files kept, when HAProxy refuses them. */
  async write(servers: readonly ProxyServer[]): Promise<void> {
    const { proxy, backupAgents, directory, log } = this.#options;
    const files = renderProxyFiles(proxy, {
      directory,
      haproxyVersion: this.#version,
      servers,
      backupAgents,
    });
    const configuration = join(directory, 'haproxy.cfg');
    const before = await readFile(configuration, 'utf8').catch(() => undefined);
    await replaceFile(join(directory, 'spoe.conf'), files['spoe.conf']);
    const candidate = `${configuration}.candidate`;
    await writeFile(candidate, files['haproxy.cfg']);
    await checkConfiguration(candidate);
    await rename(candidate, configuration);
    const reason = before === undefined ? undefined : reloadReason(before, files['haproxy.cfg']);
    if (reason !== undefined && (await this.#isRunning())) {
      log.warn({ reason }, 'reloading HAProxy');
      this.#reloads += 1;
      await reload(this.#master);
    }
  }

  async #isRunning(): Promise<boolean> {
    try {
      return (await listProcesses(this.#master)).some(({ role }) => role === 'worker');
    } catch (error) {
      this.#options.log.debug({ error: messageOf(error) }, 'HAProxy does not run yet');
      return false;
    }
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}
