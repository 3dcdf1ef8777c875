import { z } from 'zod';
import { ask } from './ask.ts';
import { type ProbeFailure, soft } from './probe.ts';

const count = z.int().min(0);

const jicofoStats = z.object({
  conferences: count,
  participants: count,
  bridge_selector: z.object({ bridge_count: count, operational_bridge_count: count }),
});

/** What Jicofo says of the load of its shard. */
export interface JicofoStats {
  readonly ok: true;
  readonly conferences: number;
  readonly participants: number;
  readonly bridges: number;
  readonly operationalBridges: number;
}

/** Reads Jicofo's `/stats`. What can't be read is a soft failure, never zero. */
export async function readJicofoStats(url: string, signal: AbortSignal): Promise<JicofoStats | ProbeFailure> {
  const answer = await ask(`${url}/stats`, signal);
  if (!answer.ok) return answer;
  if (answer.status !== 200) return soft(`${url}/stats: status ${answer.status}, expected 200`);
  const parsed = parseJicofoStats(answer.body);
  return parsed ?? soft(`${url}/stats: not Jicofo's statistics: ${answer.body.slice(0, 200)}`);
}

/** Jicofo's statistics from the JSON text of `/stats`; undefined when it is something else. */
export function parseJicofoStats(text: string): JicofoStats | undefined {
  const parsed = jicofoStats.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const { conferences, participants, bridge_selector: selector } = parsed.data;
  return {
    ok: true,
    conferences,
    participants,
    bridges: selector.bridge_count,
    operationalBridges: selector.operational_bridge_count,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
