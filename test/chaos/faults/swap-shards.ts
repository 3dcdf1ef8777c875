import { pick } from '../../../common/random.ts';
import { usherOn } from '../../e2e/testing/usher-on.ts';
import { shardNames } from '../world.ts';
import type { Fault } from './fault.ts';

/** One shard is added while another is removed; its meetings end by themselves. */
export const swapShards: Fault = {
  kind: 'swap-shards',
  lasts: true,
  async aim(world, random) {
    const shards = await shardNames(world);
    if (shards.length < 2) return undefined;
    const leaving = pick(random, shards);
    const numbers = shards.map((name) => Number(/^new-(\d+)$/.exec(name)?.[1] ?? 0));
    const coming = `new-${Math.max(...numbers) + 1}`;
    const usher = async (...words: string[]) => {
      const { code, stderr } = await usherOn(world.running, [
        'shard',
        ...words,
        '--wait',
        '--timeout',
        '160',
      ]);
      if (code !== 0)
        throw new Error(
          `usher shard ${words.join(' ')} ended with ${code}: ${stderr.trim().split('\n').at(-1)}`,
        );
    };
    return {
      target: `${coming} comes, ${leaving} goes`,
      blame: {},
      async inject() {
        const both = Promise.all([
          usher('add', coming, '--region', 'eu', '--bridges', '1..2'),
          usher('remove', leaving, '--drain'),
        ]);
        // Awaited by the healing; a failure meanwhile must not end the process unseen.
        both.catch(() => undefined);
        return async () => void (await both);
      },
    };
  },
};
