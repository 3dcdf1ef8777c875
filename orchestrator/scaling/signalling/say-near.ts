import { messageOf } from '../../../common/errors.ts';
import type { SparingAudit } from '../../audit/sparing-audit.ts';
import type { Control } from '../../control/control.ts';
import type { ShardSignalling } from './signalling-book.ts';

/** Says once of each shard that its signalling is near its limit: in the events, the log, and where the platform has a place. */
export async function sayNear(
  { log, events }: Pick<Control, 'log' | 'events'>,
  audit: SparingAudit,
  shards: ReadonlyMap<string, ShardSignalling>,
  signal: AbortSignal,
): Promise<void> {
  audit.keepOnly((shard) => shards.get(shard)?.isNear ?? false);
  for (const [shard, signalling] of shards) {
    if (!signalling.isNear) continue;
    const isNews = audit.record(shard, {
      actor: 'orchestrator',
      action: 'signalling.near',
      shards: [shard],
      reason: 'its signalling is near its limit',
      inputs: { ...signalling },
      outcome: 'said',
    });
    if (!isNews) continue;
    log.warn({ shard, ...signalling }, 'the signalling of a shard is near its limit');
    await events
      ?.warn('SignallingNearLimit', `shard ${shard}: ${describeSignalling(signalling)}`, signal)
      .catch((error: unknown) => {
        log.warn({ shard, error: messageOf(error) }, 'an event cannot be shown');
      });
  }
}

/** `820 of 1000 participants, 900 of 1500 websockets`; what is not known is said to be so. */
export function describeSignalling({ participants, websockets, limits }: ShardSignalling): string {
  const part = (now: number | undefined, most: number, what: string) =>
    `${now ?? 'unknown'} of ${Math.round(most)} ${what}`;
  return [
    part(participants, limits.participants, 'participants'),
    part(websockets, limits.websockets, 'websockets'),
  ].join(', ');
}
