import { pick, type Random } from '../../../common/random.ts';
import { hostPort } from '../../../haproxy/config/address.ts';
import { orchestratorsOf, processNames } from '../../../orchestrator/local-fleet/fleet-processes.ts';
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

/** A shard's Prosody. */
export const prosody: TargetKind = {
  what: 'prosody',
  async choose(world, random) {
    const shard = pick(random, await shardNames(world));
    return running(world, `${shard}-prosody`, { shards: [shard] });
  },
};

/** The orchestrator that leads. */
export const leader: TargetKind = {
  what: 'leader',
  async choose(world) {
    const name = await leaderName(world);
    return name === undefined ? undefined : running(world, name);
  },
};

/** The process's name of the orchestrator that leads; undefined while none does. */
export async function leaderName({ api, running: { fleet } }: World): Promise<string | undefined> {
  const { orchestrators } = await api.status();
  const leading = orchestrators.find(({ state }) => state === 'leads')?.api;
  return orchestratorsOf(fleet).find((one) => hostPort(one.api) === leading)?.name;
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
  prosody,
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
