import { type LocalShard, processNames } from './driver-shard.ts';
import type { PortBook } from './process/ports.ts';
import type { ProcessDirectory } from './process/process-directory.ts';

/** The loopback ports of a local shard. */
export interface LocalPorts {
  readonly web: number;
  readonly prosodyHttp: number;
  readonly prosodyC2s: number;
  readonly jicofo: number;
  /** By bridge name. */
  readonly bridges: Readonly<Record<string, number>>;
}

/** The shard's ports as recorded; undefined when not all of them have been chosen yet. */
export function recordedPorts(book: PortBook, shard: LocalShard): LocalPorts | undefined {
  const ports = new Map<string, number>();
  for (const part of parts(shard)) {
    const port = book.recorded(`${shard.name}/${part.port}`);
    if (port === undefined) return undefined;
    ports.set(part.port, port);
  }
  return portsOf(shard, ports);
}

/** Chooses the ports that are missing, and new ones where a stranger took the port of a part that does not run. */
export async function choosePorts(
  book: PortBook,
  processes: ProcessDirectory,
  shard: LocalShard,
): Promise<LocalPorts> {
  const ports = new Map<string, number>();
  for (const { port, owner } of parts(shard)) {
    const free = !processes.isRunning(owner);
    ports.set(port, await book.port(`${shard.name}/${port}`, { free }));
  }
  return portsOf(shard, ports);
}

/** Whether a part that the others' configurations point to has another port than before. */
export function hasMoved(before: LocalPorts | undefined, now: LocalPorts): boolean {
  return (
    before !== undefined &&
    (before.prosodyHttp !== now.prosodyHttp ||
      before.prosodyC2s !== now.prosodyC2s ||
      before.jicofo !== now.jicofo)
  );
}

function parts(shard: LocalShard): { port: string; owner: string }[] {
  const names = processNames(shard);
  return [
    { port: 'web', owner: names.web },
    { port: 'prosody-http', owner: names.prosody },
    { port: 'prosody-c2s', owner: names.prosody },
    { port: 'jicofo', owner: names.jicofo },
    ...shard.bridges.map((bridge) => ({ port: bridge, owner: bridge })),
  ];
}

function portsOf(shard: LocalShard, ports: ReadonlyMap<string, number>): LocalPorts {
  const port = (name: string) => ports.get(name) ?? 0;
  return {
    web: port('web'),
    prosodyHttp: port('prosody-http'),
    prosodyC2s: port('prosody-c2s'),
    jicofo: port('jicofo'),
    bridges: Object.fromEntries(shard.bridges.map((bridge) => [bridge, port(bridge)])),
  };
}
