import type { ShardStatus } from '../../../orchestrator/api/schema/shards.ts';
import { probeShard } from '../../../orchestrator/shards/probe-shard.ts';
import type { ShardEndpoints } from '../../../shards/driver.ts';
import type { Check } from '../check.ts';
import { error, type Finding, warn } from '../finding.ts';

/** Is every shard well? By the orchestrator, or by a look of our own when it does not answer. */
export const shardsCheck: Check = {
  name: 'shards',
  about: 'every shard is ready',
  live: true,
  async run({ status, shards }, signal) {
    if (status.ok)
      return status.value.shards.flatMap((one) =>
        judgeShard(one, `see the logs of its parts, ${one.name}-*.log`),
      );
    const known = shards.ok ? shards.value : [];
    return (await Promise.all(known.map((shard) => lookAt(shard, signal)))).flat();
  },
};

/** What is wrong with a shard by the orchestrator's word; `look` says where more is to be seen. */
export function judgeShard({ name, observed, reason, admitted }: ShardStatus, look: string): Finding[] {
  switch (observed) {
    case 'ready':
      return admitted
        ? []
        : [warn(name, 'is ready, but no proxy serves it yet', '`usher shard show` says what it waits for')];
    case 'provisioning':
      return [warn(name, `is not ready yet: ${reason}`, look)];
    case 'degraded':
      return [warn(name, `gets no new rooms: ${reason}`, `${look}; those it has go on`)];
    case 'down':
      return [error(name, `is down: ${reason}`, `${look}; its rooms are seated elsewhere`)];
    default:
      return observed satisfies never;
  }
}

async function lookAt(shard: ShardEndpoints, signal: AbortSignal): Promise<Finding[]> {
  const { ok, severity, reason } = await probeShard(shard, undefined, signal);
  if (ok) return [];
  const judge = severity === 'hard' ? error : warn;
  return [judge(shard.name, reason, `see the logs of its parts, ${shard.name}-*.log`)];
}
