import { processNames } from '../../../orchestrator/local-fleet/fleet-processes.ts';
import { pick, type Random } from '../../random.ts';
import type { Blame } from '../oracle/fault-log.ts';
import { proxyNames, shardNames, type World } from '../world.ts';

/** A process to signal. */
export interface Target {
  readonly name: string;
  readonly pid: number;
  readonly blame: Blame;
  /** The pid of whatever runs in its place now. */
  find(): number | undefined;
}

/** A sort of process, and how one of it is chosen; undefined when none runs. */
export interface TargetKind {
  readonly what: string;
  choose(world: World, random: Random): Promise<Target | undefined>;
}

/** Everything that a fleet consists of, but Redis. */
export const targetKinds: readonly TargetKind[] = [
  {
    what: 'proxy',
    async choose(world, random) {
      const proxy = pick(random, proxyNames(world));
      return running(world, processNames.haproxy(proxy), { proxies: [proxy] });
    },
  },
  {
    what: 'agent',
    choose: async (world, random) => running(world, processNames.agent(pick(random, proxyNames(world)))),
  },
  {
    what: 'orchestrator',
    choose: async (world, random) =>
      oneOf(world, random, (name) => name.startsWith(processNames.orchestrator)),
  },
  {
    what: 'prosody',
    async choose(world, random) {
      const shard = pick(random, await shardNames(world));
      return running(world, `${shard}-prosody`, { shards: [shard] });
    },
  },
  { what: 'jicofo', choose: (world, random) => partOf(world, random, /-jicofo$/) },
  { what: 'bridge', choose: (world, random) => partOf(world, random, /-bridge-\d+$/) },
];

async function partOf(world: World, random: Random, part: RegExp): Promise<Target | undefined> {
  return oneOf(world, random, (name) => part.test(name));
}

function oneOf(world: World, random: Random, fits: (name: string) => boolean): Target | undefined {
  const names = world.running.processes.list().flatMap(({ name }) => (fits(name) ? name : []));
  return names.length === 0 ? undefined : running(world, pick(random, names));
}

function running(world: World, name: string, blame: Blame = {}): Target | undefined {
  return targetOf(name, blame, () => world.running.processes.find(name)?.pid);
}

/** The target that runs now under this name; undefined when none does. */
export function targetOf(name: string, blame: Blame, find: () => number | undefined): Target | undefined {
  const pid = find();
  return pid === undefined ? undefined : { name, pid, blame, find };
}
