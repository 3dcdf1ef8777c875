import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { UsherError } from '../../common/errors.ts';
import { breweryJid, type XmppDomains } from '../domains.ts';
import type { ShardDriver, ShardEndpoints } from '../driver.ts';
import type { ShardSpec } from '../spec/schema.ts';
import { choosePorts, hasMoved, type LocalPorts, recordedPorts } from './driver-ports.ts';
import { startShard } from './driver-processes.ts';
import {
  type LocalShard,
  listLocalShards,
  localShardOf,
  processNames,
  readLocalShard,
  withBridges,
  writeLocalShard,
} from './driver-shard.ts';
import type { PortBook } from './process/ports.ts';
import type { ProcessDirectory } from './process/process-directory.ts';

/** Where a local fleet's shards live. */
export interface LocalDriverOptions {
  /** Absolute; each shard has a folder of its own in it. */
  readonly directory: string;
  readonly processes: ProcessDirectory;
  readonly ports: PortBook;
  readonly domains: XmppDomains;
}

/** Shards as processes of this machine: a real Prosody and nginx, simulated Jicofo and bridges. */
export class LocalDriver implements ShardDriver {
  readonly #options: LocalDriverOptions;

  constructor(options: LocalDriverOptions) {
    this.#options = options;
  }

  /** A shard counts from when its ports have been chosen. */
  async list(): Promise<ShardEndpoints[]> {
    return listLocalShards(this.#options.directory).flatMap((shard) => {
      const ports = recordedPorts(this.#options.ports, shard);
      return ports ? [this.#endpoints(shard, ports)] : [];
    });
  }

  async ensure(spec: ShardSpec, signal: AbortSignal): Promise<ShardEndpoints> {
    return this.#start(localShardOf(spec, readLocalShard(this.#folder(spec.name))), signal);
  }

  async addBridges(name: string, count: number, signal: AbortSignal): Promise<void> {
    const shard = readLocalShard(this.#folder(name));
    if (!shard) throw new UsherError(`shard ${name} does not run`);
    await this.#start({ ...shard, bridges: withBridges(name, shard.bridges, count) }, signal);
  }

  async removeBridges(name: string, names: readonly string[]): Promise<void> {
    const shard = readLocalShard(this.#folder(name));
    if (!shard) return;
    // Recorded first: a bridge that stands there would be started again.
    const left = shard.bridges.filter((bridge) => !names.includes(bridge));
    writeLocalShard(this.#folder(name), { ...shard, bridges: left });
    const ending = shard.bridges.filter((bridge) => names.includes(bridge));
    await Promise.all(ending.map((bridge) => this.#options.processes.stop(bridge)));
    for (const bridge of ending) this.#options.ports.release(`${name}/${bridge}`);
  }

  async #start(shard: LocalShard, signal: AbortSignal): Promise<ShardEndpoints> {
    const { processes, domains } = this.#options;
    const directory = this.#folder(shard.name);
    writeLocalShard(directory, shard);
    const before = recordedPorts(this.#options.ports, shard);
    const ports = await choosePorts(this.#options.ports, processes, shard);
    if (hasMoved(before, ports)) await this.#stopAllButProsody(shard);
    await startShard(processes, { shard, ports, domains, directory }, signal);
    return this.#endpoints(shard, ports);
  }

  async rankBridges(): Promise<void> {
    // Nothing else ends bridges here.
  }

  async remove(name: string): Promise<void> {
    const shard = readLocalShard(this.#folder(name));
    if (!shard) return;
    await this.#stopAllButProsody(shard);
    await this.#options.processes.stop(processNames(shard).prosody);
    this.#options.ports.release(name);
    rmSync(this.#folder(name), { recursive: true, force: true });
  }

  #endpoints(shard: LocalShard, ports: LocalPorts): ShardEndpoints {
    const { processes, domains } = this.#options;
    return {
      name: shard.name,
      region: shard.region,
      web: loopback(ports.web),
      prosodyHttp: loopback(ports.prosodyHttp),
      prosodyC2s: { host: '127.0.0.1', port: ports.prosodyC2s },
      jicofo: loopback(ports.jicofo),
      bridges: Object.entries(ports.bridges).map(([name, port]) => ({ name, rest: loopback(port) })),
      domains,
      brewery: { user: 'jvb', password: shard.users.jvb, jid: breweryJid(domains) },
      startedAt: processes.find(processNames(shard).prosody)?.startedAt,
    };
  }

  async #stopAllButProsody(shard: LocalShard): Promise<void> {
    const { web, jicofo } = processNames(shard);
    await Promise.all([web, jicofo, ...shard.bridges].map((name) => this.#options.processes.stop(name)));
  }

  #folder(name: string): string {
    return join(this.#options.directory, name);
  }
}

function loopback(port: number): string {
  return `http://127.0.0.1:${port}`;
}
