import { z } from 'zod';
import { ask } from './ask.ts';
import { type ProbeFailure, soft } from './probe.ts';

const amount = z.number().min(0);

/** Of `/colibri/stats`, what is used. Units: jitsi-facts; local rates are kbit/s, those between bridges bit/s. */
const colibriStats = z
  .object({
    bit_rate_download: amount,
    bit_rate_upload: amount,
    octo_receive_bitrate: amount.default(0),
    octo_send_bitrate: amount.default(0),
    local_endpoints: z.int().min(0).optional(),
    conferences: z.int().min(0).optional(),
    drain: z.boolean().default(false),
    graceful_shutdown: z.boolean().default(false),
    shutting_down: z.boolean().default(false),
    healthy: z.boolean().default(true),
    current_timestamp: z.string().optional(),
  })
  .transform((stats) => ({
    /** Sent and received, to participants and to other bridges. */
    bitsPerSecond:
      (stats.bit_rate_download + stats.bit_rate_upload) * 1_000 +
      stats.octo_receive_bitrate +
      stats.octo_send_bitrate,
    /** Undefined where it does not say: that is not to say none. */
    localEndpoints: stats.local_endpoints,
    conferences: stats.conferences,
    draining: stats.drain,
    /** Will it take conferences when it does not drain? */
    able: stats.healthy && !stats.graceful_shutdown && !stats.shutting_down,
    /** When these figures were taken, by its own clock: a JVB renews them every 5 s. */
    measuredAt: stats.current_timestamp,
    /** May Jicofo place conferences on it? */
    operational: stats.healthy && !stats.drain && !stats.graceful_shutdown && !stats.shutting_down,
  }));

export interface BridgeStats extends z.infer<typeof colibriStats> {
  readonly ok: true;
}

/** Reads a bridge's `/colibri/stats`. What cannot be read is a failure, never zero. */
export async function readBridgeStats(url: string, signal: AbortSignal): Promise<BridgeStats | ProbeFailure> {
  const answer = await ask(`${url}/colibri/stats`, signal, { keepsConnection: true });
  if (!answer.ok) return answer;
  if (answer.status !== 200) return soft(`${url}/colibri/stats: status ${answer.status}, expected 200`);
  return parseBridgeStats(answer.body) ?? soft(`${url}/colibri/stats: not a bridge's statistics`);
}

/** A bridge's statistics from the JSON text of `/colibri/stats`; undefined when it is something else. */
export function parseBridgeStats(text: string): BridgeStats | undefined {
  try {
    const parsed = colibriStats.safeParse(JSON.parse(text));
    return parsed.success ? { ok: true, ...parsed.data } : undefined;
  } catch {
    return undefined;
  }
}
