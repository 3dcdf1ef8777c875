import { type ProbeFailure, soft } from './probe.ts';

/** Bits per second, each direction by itself. */
export interface BridgeRates {
  /** From and to participants. */
  readonly received: number;
  readonly sent: number;
  /** From and to other bridges. */
  readonly relayReceived: number;
  readonly relaySent: number;
}

/** What a bridge says of itself, in one set of units. What it does not say is undefined: that is not to say none. */
export interface BridgeFigures {
  readonly rates: BridgeRates;
  /** RTP and RTCP packets per second, as the rates; undefined where it does not say. */
  readonly packets: BridgeRates | undefined;
  /** CPU and packet rate against the bridge's own limit, which is 1. */
  readonly stress: number | undefined;
  /** People on it, without those that other bridges carry. */
  readonly localEndpoints: number | undefined;
  readonly conferences: number | undefined;
  /** Since it started: a smaller number than before tells of a restart. */
  readonly conferencesCreated: number | undefined;
  readonly draining: boolean;
  /** Will it take conferences when it does not drain? */
  readonly able: boolean;
  /**
   * When these figures were taken, by the bridge's own clock. Bit and packet rates are renewed every 5 s whatever it
   * says here: JVBs of 2026 put in the time of the request.
   */
  readonly measuredAt: string | undefined;
}

/** The same, found to be possible. */
export interface BridgeStats extends BridgeFigures {
  readonly ok: true;
  /** Sent and received, to participants and to other bridges. */
  readonly bitsPerSecond: number;
  /** Sent and received; undefined where it does not say. */
  readonly packetsPerSecond: number | undefined;
  /** May Jicofo place conferences on it? */
  readonly operational: boolean;
}

/** More than this no bridge moves in one direction: at 8 cores' limit it is 0.14 Gbit/s in public load tests. */
const lineRateBitsPerSecond = 10e9;

/**
 * What a packet can carry, in bits: from an RTP header to an Ethernet frame, with as much again for windows that differ.
 * Whoever takes kbit/s for bit/s, or the reverse, is far outside.
 */
const bitsPerPacket = { least: 48, most: 24_000 };
/** Below, rates in whole kbit/s are too coarse to tell. */
const packetsToTell = 1_000;
const mostPeople = 100_000;
const mostStress = 100;

/** Takes figures for what they are worth: those that cannot be are a failure that says which, never a load. */
export function judgeFigures(figures: BridgeFigures, source: string): BridgeStats | ProbeFailure {
  const absurd = whyAbsurd(figures);
  if (absurd !== undefined) return soft(`${source}: ${absurd}`);
  const { rates, packets, able, draining } = figures;
  return {
    ...figures,
    ok: true,
    bitsPerSecond: sumOf(rates),
    packetsPerSecond: packets && sumOf(packets),
    operational: able && !draining,
  };
}

/** Packet rates as a bridge says them; undefined unless it says those of participants. */
export function packetRates(
  received: number | undefined,
  sent: number | undefined,
  relayReceived: number,
  relaySent: number,
): BridgeRates | undefined {
  return received === undefined || sent === undefined
    ? undefined
    : { received, sent, relayReceived, relaySent };
}

function sumOf({ received, sent, relayReceived, relaySent }: BridgeRates): number {
  return received + sent + relayReceived + relaySent;
}

const directions = ['received', 'sent', 'relayReceived', 'relaySent'] as const;

function whyAbsurd(figures: BridgeFigures): string | undefined {
  const { rates, packets } = figures;
  for (const direction of directions) {
    const bits = rates[direction];
    const count = packets?.[direction] ?? 0;
    // Written so that NaN is absurd too.
    if (!(bits >= 0 && bits <= lineRateBitsPerSecond)) return `absurd: ${bits} bit/s ${direction}`;
    if (!(count >= 0)) return `absurd: ${count} packets/s ${direction}`;
    const each = bits / count;
    if (count >= packetsToTell && !(each >= bitsPerPacket.least && each <= bitsPerPacket.most)) {
      return `absurd: ${bits} bit/s ${direction} in ${count} packets/s; is a unit mistaken?`;
    }
  }
  const { stress = 0, localEndpoints = 0, conferences = 0 } = figures;
  if (!(stress >= 0 && stress <= mostStress)) return `absurd: stress ${stress}`;
  if (!isCount(localEndpoints)) return `absurd: ${localEndpoints} endpoints`;
  if (!isCount(conferences)) return `absurd: ${conferences} conferences`;
  return undefined;
}

function isCount(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number <= mostPeople;
}
