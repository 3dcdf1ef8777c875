import { z } from 'zod';
import { messageOf } from '../../common/errors.ts';
import { type BridgeStats, judgeFigures, packetRates } from './bridge-stats.ts';
import { type ProbeFailure, soft } from './probe.ts';

/** Of `/colibri/stats`, what is used. Rates of participants are in kbit/s, those between bridges in bit/s. */
const colibriStats = z
  .object({
    bit_rate_download: z.number(),
    bit_rate_upload: z.number(),
    octo_receive_bitrate: z.number().default(0),
    octo_send_bitrate: z.number().default(0),
    packet_rate_download: z.number().optional(),
    packet_rate_upload: z.number().optional(),
    octo_receive_packet_rate: z.number().default(0),
    octo_send_packet_rate: z.number().default(0),
    stress_level: z.number().optional(),
    local_endpoints: z.number().optional(),
    conferences: z.number().optional(),
    total_conferences_created: z.number().optional(),
    drain: z.boolean().default(false),
    graceful_shutdown: z.boolean().default(false),
    shutting_down: z.boolean().default(false),
    healthy: z.boolean().default(true),
    current_timestamp: z.string().optional(),
  })
  .transform((stats) => ({
    rates: {
      received: stats.bit_rate_download * 1_000,
      sent: stats.bit_rate_upload * 1_000,
      relayReceived: stats.octo_receive_bitrate,
      relaySent: stats.octo_send_bitrate,
    },
    packets: packetRates(
      stats.packet_rate_download,
      stats.packet_rate_upload,
      stats.octo_receive_packet_rate,
      stats.octo_send_packet_rate,
    ),
    stress: stats.stress_level,
    localEndpoints: stats.local_endpoints,
    conferences: stats.conferences,
    conferencesCreated: stats.total_conferences_created,
    draining: stats.drain,
    able: stats.healthy && !stats.graceful_shutdown && !stats.shutting_down,
    measuredAt: stats.current_timestamp,
  }));

/** A bridge's figures from the JSON text of `/colibri/stats` that `source` answered. */
export function parseColibriStats(text: string, source: string): BridgeStats | ProbeFailure {
  try {
    const parsed = colibriStats.safeParse(JSON.parse(text));
    if (parsed.success) return judgeFigures(parsed.data, source);
    return soft(`${source}: not a bridge's statistics: ${z.prettifyError(parsed.error)}`);
  } catch (error) {
    return soft(`${source}: not JSON: ${messageOf(error)}`);
  }
}
