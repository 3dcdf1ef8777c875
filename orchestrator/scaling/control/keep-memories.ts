import { loop } from '../../../common/loop.ts';
import { redisKey } from '../../../haproxy/stick-table/keys.ts';
import type { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import type { Control } from '../../control/control.ts';

/** Shards in one command: Redis must not be held up by one script. */
const batch = 100;

/**
 * Has a leadership's scalers know what those of the one before knew beside the history, and keeps what they know where
 * the next leader finds it.
 */
export async function keepMemories(
  control: Pick<Control, 'scaling' | 'table' | 'wishes' | 'log'>,
  signal: AbortSignal,
  writeEveryMs = 60_000,
): Promise<void> {
  const { scaling, table, log } = control;
  let kept: Map<string, string> | undefined;
  let dueAt = 0;
  try {
    await loop('scaling memory', Math.min(1_000, writeEveryMs), signal, log, async () => {
      if (!kept) {
        kept = new Map(Object.entries(await table.redis.hgetall(redisKey(table.fleet, 'scaling'))));
        scaling.begin(new Map([...kept].map(([shard, json]) => [shard, parse(json)])));
        dueAt = Date.now() + writeEveryMs;
      }
      if (Date.now() < dueAt) return;
      const changed = [...scaling.memories()].map(
        ([shard, memory]) => [shard, JSON.stringify(memory)] as const,
      );
      await write(
        table,
        changed.filter(([shard, json]) => kept?.get(shard) !== json),
        kept,
      );
      const wanted = new Set((await control.wishes.shards()).map(({ name }) => name));
      const gone = [...kept.keys()].filter((shard) => !wanted.has(shard));
      await write(
        table,
        gone.map((shard) => [shard, ''] as const),
        kept,
      );
      dueAt = Date.now() + writeEveryMs;
    });
  } finally {
    scaling.end();
  }
}

async function write(
  table: StickTable,
  entries: readonly (readonly [shard: string, json: string])[],
  kept: Map<string, string>,
): Promise<void> {
  for (let start = 0; start < entries.length; start += batch) {
    const part = entries.slice(start, start + batch);
    const answer = await table.recordScaling(part.flat());
    if (!answer.ok) throw new Error(`what scaling has learned was not recorded: ${answer.reason}`);
    for (const [shard, json] of part) {
      if (json === '') kept.delete(shard);
      else kept.set(shard, json);
    }
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
