import { z } from 'zod';
import { type BridgeStats, judgeFigures, packetRates } from './bridge-stats.ts';
import { type ProbeFailure, soft } from './probe.ts';

/** In JSON a flag is true or false, in Prometheus text 1 or 0. */
const flag = z.union([z.boolean(), z.number()]).transform(Boolean);

/** Of a JVB's `/metrics`, what is used, without the prefix. All bit rates are in bit/s. */
const bridgeMetrics = z.object({
  incoming_bitrate: z.number(),
  outgoing_bitrate: z.number(),
  relay_incoming_bitrate: z.number().default(0),
  relay_outgoing_bitrate: z.number().default(0),
  incoming_packet_rate: z.number().optional(),
  outgoing_packet_rate: z.number().optional(),
  relay_incoming_packet_rate: z.number().default(0),
  relay_outgoing_packet_rate: z.number().default(0),
  stress: z.number().optional(),
  local_endpoints: z.number().optional(),
  conferences: z.number().optional(),
  conferences_created_total: z.number().optional(),
  drain_mode: flag.default(false),
  graceful_shutdown: flag.default(false),
  shutting_down: flag.default(false),
  healthy: flag.default(true),
});

/**
 * A bridge's figures from what `/metrics` answered, as JSON or as Prometheus text.
 *
 * @param readAt when it was asked: endpoints, conferences and states are of that moment
 */
export function parseBridgeMetrics(text: string, source: string, readAt: Date): BridgeStats | ProbeFailure {
  const parsed = bridgeMetrics.safeParse(jsonOf(text) ?? samplesOf(text));
  if (!parsed.success) return soft(`${source}: not a bridge's metrics: ${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  const figures = {
    rates: {
      received: data.incoming_bitrate,
      sent: data.outgoing_bitrate,
      relayReceived: data.relay_incoming_bitrate,
      relaySent: data.relay_outgoing_bitrate,
    },
    packets: packetRates(
      data.incoming_packet_rate,
      data.outgoing_packet_rate,
      data.relay_incoming_packet_rate,
      data.relay_outgoing_packet_rate,
    ),
    stress: data.stress,
    localEndpoints: data.local_endpoints,
    conferences: data.conferences,
    conferencesCreated: data.conferences_created_total,
    draining: data.drain_mode,
    able: data.healthy && !data.graceful_shutdown && !data.shutting_down,
    measuredAt: readAt.toISOString(),
  };
  return judgeFigures(figures, source);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `jitsi_jvb_stress 0.5`, without labels: name -> value. */
function samplesOf(text: string): Record<string, number> {
  const samples = text.matchAll(/^jitsi_jvb_(\w+) (\S+)/gm);
  return Object.fromEntries([...samples].map(([, name = '', value]) => [name, Number(value)]));
}
