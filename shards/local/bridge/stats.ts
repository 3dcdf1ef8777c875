import { counter, gauge, type Metric } from '../simulator/metrics.ts';
import type { ConferenceCounts } from './conference-table.ts';
import type { ShutdownState } from './shutdown.ts';

/** What is measured once per stats interval. */
export interface Sample {
  endpoints: number;
  largestConference: number;
  incomingBitsPerSecond: number;
  outgoingBitsPerSecond: number;
  /** 1.0 is the bridge's limit. */
  stress: number;
  averageParticipantStress: number;
}

/** Everything the JVB tells about itself, at one moment. */
export interface BridgeSnapshot {
  nowMs: number;
  region: string;
  version: string;
  draining: boolean;
  shutdown: ShutdownState;
  xmppConnected: boolean;
  counts: ConferenceCounts;
  sample: Sample;
}

/** An RTP packet of a video call is about 1,000 bytes. */
const bitsPerPacket = 8_000;

/** The bit rates that `counts` endpoints make: half in, half out, and `wobble` of it more or less. */
export function takeSample(
  counts: ConferenceCounts,
  rates: { bitsPerSecondPerParticipant: number; bitsPerSecondAtFullStress: number },
  wobble = 0,
): Sample {
  const bitsPerSecond = counts.localEndpoints * rates.bitsPerSecondPerParticipant;
  const half = (bitsPerSecond / 2) * (1 + wobble);
  return {
    endpoints: counts.localEndpoints,
    largestConference: counts.largestConference,
    incomingBitsPerSecond: Math.floor(half),
    outgoingBitsPerSecond: Math.ceil(half),
    stress: bitsPerSecond / rates.bitsPerSecondAtFullStress,
    averageParticipantStress: rates.bitsPerSecondPerParticipant / rates.bitsPerSecondAtFullStress,
  };
}

/**
 * The fields of `/colibri/stats` and of the brewery presence, in the JVB's units: `bit_rate_*` in kbit/s,
 * `octo_*_bitrate` in bit/s. Rates and `participants` are of the last sample; `local_endpoints`,
 * `conferences` and the states are of the snapshot's moment.
 */
export function bridgeStats(snapshot: BridgeSnapshot): Record<string, string | number | boolean> {
  const { counts, sample } = snapshot;
  return {
    bit_rate_download: Math.floor(sample.incomingBitsPerSecond / 1000),
    bit_rate_upload: Math.floor(sample.outgoingBitsPerSecond / 1000),
    packet_rate_download: packetsOf(sample.incomingBitsPerSecond),
    packet_rate_upload: packetsOf(sample.outgoingBitsPerSecond),
    octo_receive_bitrate: 0,
    octo_send_bitrate: 0,
    octo_endpoints: 0,
    octo_conferences: 0,
    participants: sample.endpoints,
    endpoints: sample.endpoints,
    largest_conference: sample.largestConference,
    local_endpoints: counts.localEndpoints,
    conferences: counts.conferences,
    total_conferences_created: counts.conferencesCreated,
    total_conferences_completed: counts.conferencesCompleted,
    total_participants: counts.endpointsCreated,
    stress_level: sample.stress,
    average_participant_stress: sample.averageParticipantStress,
    drain: snapshot.draining,
    graceful_shutdown: snapshot.shutdown !== 'running',
    shutting_down: snapshot.shutdown === 'shutting-down',
    healthy: true,
    mucs_joined: snapshot.xmppConnected ? 1 : 0,
    region: snapshot.region,
    version: snapshot.version,
    current_timestamp: new Date(snapshot.nowMs).toISOString().replace('T', ' ').replace('Z', ''),
  };
}

/** The values of `/metrics`; all bit rates in bit/s. */
export function bridgeMetrics({ counts, sample, draining, shutdown }: BridgeSnapshot): Metric[] {
  return [
    gauge('incoming_bitrate', 'Bit rate from local endpoints, bit/s.', sample.incomingBitsPerSecond),
    gauge('outgoing_bitrate', 'Bit rate to local endpoints, bit/s.', sample.outgoingBitsPerSecond),
    gauge('relay_incoming_bitrate', 'Bit rate from relays, bit/s.', 0),
    gauge('relay_outgoing_bitrate', 'Bit rate to relays, bit/s.', 0),
    gauge(
      'incoming_packet_rate',
      'Packets from local endpoints, 1/s.',
      packetsOf(sample.incomingBitsPerSecond),
    ),
    gauge(
      'outgoing_packet_rate',
      'Packets to local endpoints, 1/s.',
      packetsOf(sample.outgoingBitsPerSecond),
    ),
    gauge('conferences', 'Conferences now.', counts.conferences),
    gauge('local_endpoints', 'Local endpoints now.', counts.localEndpoints),
    gauge('stress', 'Stress; 1 is the limit.', sample.stress),
    gauge('drain_mode', 'Whether the bridge drains.', draining),
    gauge('graceful_shutdown', 'Whether new conferences are refused.', shutdown !== 'running'),
    gauge('shutting_down', 'Whether the bridge is about to exit.', shutdown === 'shutting-down'),
    gauge('healthy', 'Whether the bridge is healthy.', true),
    counter('conferences_created', 'Conferences created.', counts.conferencesCreated),
    counter('conferences_completed', 'Conferences completed.', counts.conferencesCompleted),
  ];
}

function packetsOf(bitsPerSecond: number): number {
  return Math.floor(bitsPerSecond / bitsPerPacket);
}
