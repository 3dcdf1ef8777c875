import { z } from 'zod';
import type { MucPresence } from './muc.ts';

/** Namespace of a bridge's presence extension. */
export const colibriNamespace = 'http://jitsi.org/protocol/colibri';

const flag = z
  .stringbool({ truthy: ['true'], falsy: ['false'] })
  .optional()
  .catch(undefined);
const text = z.string().min(1).optional().catch(undefined);
const level = z.coerce.number().nonnegative().optional().catch(undefined);

/** The stats usher reads; a bridge's whitelist may leave any of them out, and a bad one counts as left out. */
const statsSchema = z.object({
  region: text,
  version: text,
  release: text,
  relay_id: text,
  drain: flag,
  graceful_shutdown: flag,
  shutting_down: flag,
  healthy: flag,
  stress_level: level,
  average_participant_stress: level,
});

/** What a bridge says of itself in the brewery. An absent field was never said: unknown, not false. */
export interface BridgePresence {
  /** The bridge's nickname in the brewery: `JVB_MUC_NICKNAME`, unique in the shard. */
  name: string;
  /** Where colibri2 IQs reach it. */
  occupantJid: string;
  region?: string | undefined;
  /** `version-release` where the bridge names a release. Jicofo does not mix versions in a conference. */
  version?: string | undefined;
  relayId?: string | undefined;
  draining?: boolean | undefined;
  gracefulShutdown?: boolean | undefined;
  shuttingDown?: boolean | undefined;
  healthy?: boolean | undefined;
  /** 1.0 is the bridge's limit. */
  stress?: number | undefined;
  averageParticipantStress?: number | undefined;
  firstSeenMs: number;
  lastSeenMs: number;
  /** When it left the brewery; absent while it is there. */
  leftMs?: number | undefined;
}

/**
 * Folds one presence into what was known of that bridge: fields it leaves out keep their last value, as
 * Jicofo does. Undefined when the occupant is no bridge (it sends no colibri stats).
 */
export function foldBridgePresence(
  previous: BridgePresence | undefined,
  presence: MucPresence,
  nowMs: number,
): BridgePresence | undefined {
  const extension = presence.stanza.getChild('stats', colibriNamespace);
  if (!extension) return undefined;
  const pairs = extension.getChildren('stat').map(({ attrs }) => [attrs.name ?? '', attrs.value ?? '']);
  const stats = statsSchema.parse(Object.fromEntries(pairs));
  const version = stats.version && stats.release ? `${stats.version}-${stats.release}` : stats.version;
  return {
    name: presence.nick,
    occupantJid: presence.from,
    region: stats.region ?? previous?.region,
    version: version ?? previous?.version,
    relayId: stats.relay_id ?? previous?.relayId,
    draining: stats.drain ?? previous?.draining,
    gracefulShutdown: stats.graceful_shutdown ?? previous?.gracefulShutdown,
    shuttingDown: stats.shutting_down ?? previous?.shuttingDown,
    healthy: stats.healthy ?? previous?.healthy,
    stress: stats.stress_level ?? previous?.stress,
    averageParticipantStress: stats.average_participant_stress ?? previous?.averageParticipantStress,
    firstSeenMs: previous?.firstSeenMs ?? nowMs,
    lastSeenMs: nowMs,
  };
}
