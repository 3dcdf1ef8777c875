import type { Redis } from 'ioredis';
import { parseFeedEntry } from '../../haproxy/stick-table/events.ts';
import { storedEntry } from '../audit/stored-entry.ts';
import { type Positions, readBackward, readEnds, readForward, type StreamEntry } from './event-streams.ts';
import { roomEvent } from './room-event.ts';
import type { EventsAnswer, EventsQuery, FleetEvent } from './schema.ts';

/** Reads events as `query` says, without waiting for any. Throws when Redis is out of reach. */
export function readEvents(redis: Redis, fleet: string, query: EventsQuery): Promise<EventsAnswer> {
  return query.after === undefined
    ? readLast(redis, fleet, query)
    : readAfter(redis, fleet, query, query.after);
}

async function readLast(redis: Redis, fleet: string, query: EventsQuery): Promise<EventsAnswer> {
  const ends = await readEnds(redis, fleet);
  const sinceMs = query.since === undefined ? 0 : Date.parse(query.since);
  const events: FleetEvent[] = [];
  for await (const entry of readBackward(redis, fleet, ends)) {
    if (timeOf(entry) < sinceMs) break;
    const event = toEvent(entry, query.room);
    if (event && fits(event, query)) events.push(event);
    if (events.length >= query.limit) break;
  }
  return { events: events.toReversed(), after: formatPositions(ends) };
}

async function readAfter(
  redis: Redis,
  fleet: string,
  query: EventsQuery,
  after: string,
): Promise<EventsAnswer> {
  const positions = parsePositions(after);
  const events: FleetEvent[] = [];
  for await (const entry of readForward(redis, fleet, { ...positions })) {
    positions[entry.source] = entry.id;
    const event = toEvent(entry, query.room);
    if (event && fits(event, query)) events.push(event);
    if (events.length >= query.limit) break;
  }
  return { events, after: formatPositions(positions) };
}

/** Undefined for what is no event, or is written by a version of usher that this one does not know. */
function toEvent(entry: StreamEntry, room: string | undefined): FleetEvent | undefined {
  const { source, id, fields } = entry;
  try {
    if (source === 'feed') {
      return roomEvent(parseFeedEntry(id, fields).event, isoTime(timeOf(entry)), room);
    }
    const { heldMs, ...stored } = storedEntry.parse(JSON.parse(fields[fields.indexOf('entry') + 1] ?? ''));
    return { at: isoTime(timeOf(entry) - heldMs), ...stored };
  } catch {
    return undefined;
  }
}

function fits(event: FleetEvent, { room, shard, action }: EventsQuery): boolean {
  if (room !== undefined && !event.rooms.includes(room)) return false;
  if (shard !== undefined && !event.shards.some((one) => one === shard || one.split('.')[0] === shard)) {
    return false;
  }
  return action === undefined || event.action === action || event.action.startsWith(`${action}.`);
}

function parsePositions(after: string): Positions {
  const [audit = '', feed = ''] = after.split('_');
  return { audit, feed };
}

function formatPositions({ audit, feed }: Positions): string {
  return `${audit}_${feed}`;
}

/** A stream's ids begin with Redis's own time, in milliseconds since the epoch. */
function timeOf({ id }: StreamEntry): number {
  return Number.parseInt(id, 10);
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
