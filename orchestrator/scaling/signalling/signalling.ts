import type { ShardSpec } from '../../../shards/spec/schema.ts';
import type { SignallingSettings } from './settings.ts';

/** What one shard's signalling is measured against. */
export interface SignallingLimits {
  readonly participants: number;
  readonly websockets: number;
}

/** What one shard's signalling carries now. What is not known is undefined, never 0. */
export interface Signalling {
  /** By the census. */
  readonly participants: number | undefined;
  /** Connections to it through all proxies. */
  readonly websockets: number | undefined;
  readonly limits: SignallingLimits;
  /** Of the figure that is nearest to its limit; 1 is the limit. Undefined unless its participants are known. */
  readonly ratio: number | undefined;
}

/** How many websockets are expected for a participant where nobody says it: who waits or comes back has one too. */
const websocketsPerParticipant = 1.5;

/** A shard's own limit where its overlay has one; its websockets are then in the fleet's proportion. */
export function signallingLimits(
  { signallingParticipants }: Pick<ShardSpec, 'signallingParticipants'>,
  { participants, websockets }: Pick<SignallingSettings, 'participants' | 'websockets'>,
): SignallingLimits {
  const own = signallingParticipants ?? participants;
  const each = websockets === undefined ? websocketsPerParticipant : websockets / participants;
  return { participants: own, websockets: own * each };
}

/** What a shard carries, against its limits. */
export function signallingOf(
  participants: number | undefined,
  websockets: number | undefined,
  limits: SignallingLimits,
): Signalling {
  const ratio =
    participants === undefined
      ? undefined
      : Math.max(participants / limits.participants, (websockets ?? 0) / limits.websockets);
  return { participants, websockets, limits, ratio };
}

/** What a shard carries, in participants: its websockets count as so many as they weigh where they weigh more. */
export function loadOf({ ratio, limits }: Signalling): number | undefined {
  return ratio === undefined ? undefined : ratio * limits.participants;
}
