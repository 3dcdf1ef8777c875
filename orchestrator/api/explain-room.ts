import { agentEntries } from '../../haproxy/agent/status.ts';
import { bucketOf, tenantOf } from '../../haproxy/room-key/room-key.ts';
import { shardNameOf } from '../../haproxy/stick-table/records.ts';
import type { Control } from '../control/control.ts';
import { readEvents } from '../events/read-events.ts';
import { eventsQuery } from '../events/schema.ts';
import { decidePins } from '../pins/decide-pins.ts';
import { bucketKey } from '../rooms/run-censuses.ts';
import { askAgent } from './ask-agent.ts';
import type { RoomExplanation } from './schema/rooms.ts';
import { viewRoom } from './view-rooms.ts';
import { mirrorOf } from './view-shards.ts';

/** So many of a room's last events. */
const lastEvents = 10;

type Facts = Omit<RoomExplanation, 'reasons' | 'events'>;

/** Why a room sits where it sits, or where it would be seated: from table, proxies and censuses. */
export async function explainRoom(control: Control, room: string): Promise<RoomExplanation> {
  const mirror = mirrorOf(control);
  const key = bucketKey(mirror, room);
  const move = mirror.moves.get(key);
  const placement = mirror.rooms.get(room);
  const census = [...control.censuses.latest()].flatMap(([shard, { rooms }]) => {
    const participants = rooms.get(room);
    return participants === undefined ? [] : [{ shard, participants }];
  });
  const facts: Facts = {
    room,
    tenant: tenantOf(room),
    pool: key.slice(0, key.indexOf('/')),
    bucket: bucketOf(room),
    preferred: mirror.preferences.get(key) ?? null,
    move: move ? { phase: move.phase, to: move.to } : null,
    placement: placement ? viewRoom(control, room, placement) : null,
    census,
    pin: control.pins.get(room) ?? null,
    proxies: await readProxies(control, room, key),
  };
  const reasons = explain(facts);
  const { waiting } = decidePins({ pins: control.pins, mirror, censuses: control.censuses.latest() });
  if (facts.pin !== null) {
    reasons.unshift(
      `pinned to ${facts.pin}${waiting.has(room) ? `, which waits: ${waiting.get(room)}` : ''}`,
    );
  }
  if (!(await control.table.isBlessed())) {
    reasons.push(
      'Redis does not decide now: a room that is not seated goes to its bucket’s shard, unrecorded',
    );
  }
  const query = eventsQuery.parse({ room, limit: lastEvents });
  const { events } = await readEvents(control.table.redis, control.table.fleet, query);
  return { ...facts, reasons, events };
}

async function readProxies(control: Control, room: string, bucket: string): Promise<Facts['proxies']> {
  const agents = await control.table.agents();
  const query = new URLSearchParams({ room, bucket });
  return Promise.all(
    [...agents]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(async ([proxy, { http }]) => {
        const answer = await askAgent(http, `/v1/entries?${query}`, agentEntries);
        if (answer.ok) return { proxy, ...answer.value };
        return { proxy, room: null, bucket: null, slot: null, error: answer.reason };
      }),
  );
}

/** The reasons in plain words, most important first. */
export function explain(facts: Facts): string[] {
  const { placement, preferred, bucket, pool, move } = facts;
  const reasons: string[] = [];
  if (placement) {
    reasons.push(
      `sits on ${placement.shard} since ${placement.seatedAt}: the table has it there, and a room stays`,
    );
    reasons.push(stateReason(placement));
    const isPreferred = preferred === shardNameOf(placement.shard);
    reasons.push(
      isPreferred
        ? `its bucket ${bucket} of pool ${pool} prefers ${preferred}, as it did when the room was seated`
        : `its bucket ${bucket} of pool ${pool} now prefers ${preferred ?? 'nobody'}: only new rooms go there`,
    );
  } else if (preferred) {
    reasons.push(
      `is not seated; a first join would seat it on ${preferred}, which bucket ${bucket} of pool ${pool} prefers`,
    );
  } else {
    reasons.push(
      `is not seated, and bucket ${bucket} of pool ${pool} has no shard yet: a first join gets 503`,
    );
  }
  if (move) reasons.push(`the bucket is moving to ${move.to} (${move.phase})`);
  for (const { shard, participants } of facts.census) {
    if (placement && placement.shard !== shard)
      reasons.push(`ALSO on ${shard} with ${participants} participants: split`);
  }
  for (const proxy of facts.proxies) {
    if (proxy.error) reasons.push(`${proxy.proxy}: its agent does not answer: ${proxy.error}`);
    else if (proxy.room !== (placement?.state === 'retiring' ? '?' : (placement?.shard ?? null))) {
      reasons.push(`${proxy.proxy} holds ${proxy.room ?? 'nothing'} for it: not in step with the table`);
    }
  }
  return reasons;
}

function stateReason({ state, participants }: NonNullable<Facts['placement']>): string {
  switch (state) {
    case 'claimed':
      return 'claimed: seated, and its shard’s census has not shown it yet';
    case 'live':
      return `live: ${participants === null ? 'its shard’s census has shown it' : `${participants} participants by the last census`}`;
    case 'lingering':
      return 'lingering: several censuses no longer show it; it ends soon, and a join brings it back here';
    case 'retiring':
      return 'retiring: every proxy asks before it sends anybody to it; a join brings it back here';
    default:
      return state satisfies never;
  }
}
