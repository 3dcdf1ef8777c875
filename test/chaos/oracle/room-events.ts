import type { SeatEnd } from '../../participants/seat.ts';
import type { Transport } from '../../participants/xmpp-login.ts';

/** Where a client sits, as it says itself. */
export interface Sighting {
  readonly shard: string;
  readonly proxy: string;
  readonly transport: Transport;
}

/** What a client tells of itself, in the order in which it happened. Times in milliseconds since the epoch. */
export type RoomEvent = { readonly at: number; readonly who: string } & (
  | ({ readonly what: 'joined' } & Sighting)
  | { readonly what: 'lost'; readonly by: SeatEnd['by'] }
  | { readonly what: 'left' }
  | { readonly what: 'gave up'; readonly reason: string }
);

/** An event in words. */
export function sayEvent(event: RoomEvent): string {
  switch (event.what) {
    case 'joined':
      return `${event.who} is on ${event.shard}, by ${event.proxy} (${event.transport})`;
    case 'lost':
      return `${event.who} lost its ${event.by}`;
    case 'left':
      return `${event.who} left`;
    case 'gave up':
      return `${event.who} could not get in: ${event.reason}`;
    default:
      return event satisfies never;
  }
}
