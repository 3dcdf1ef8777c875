import type { Consequence } from './freeze.ts';
import { leaderName } from './targets.ts';

/** The shard is taken for dead: its rooms are seated anew, and it comes back as another incarnation. */
export const goesDown: Consequence = {
  async drawn({ api }, { blame }) {
    const shards = await api.shards();
    return shards.some(({ name, observed }) => blame.shards?.includes(name) && observed === 'down');
  },
  async undone({ api }, { blame }) {
    const shards = await api.shards();
    return shards.some((one) => blame.shards?.includes(one.name) && one.admitted && one.observed === 'ready');
  },
};

/** Another orchestrator leads. */
export const losesLead: Consequence = {
  async drawn(world, { name }) {
    return ![name, undefined].includes(await leaderName(world));
  },
  undone: async () => true,
};
