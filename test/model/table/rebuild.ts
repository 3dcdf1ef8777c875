import type { Rules } from '../rules.ts';
import { type Incarnation, type Shard, shardOf } from '../shards.ts';
import { isHeld, mapsOf, type Rebuild, type RoomEntry, type World } from '../world.ts';

/** An agent says what its proxy's maps hold and what it answered lately. It changes no map until the blessing. */
export function report(world: World, agent: number, rules: Rules): void {
  const { table, participants } = world;
  const none = table.placements.map(() => null);
  const rebuild = world.rebuild ?? {
    reported: [false, false],
    entries: none,
    answers: none,
    buckets: [],
    shown: null,
  };
  const { rooms, bucket } = mapsOf(world, agent);
  const answers = [...rebuild.answers];
  for (const one of participants) {
    if (rules.rebuildHearsAnswers && one.at === 'asking' && one.proxy === agent && one.answer)
      answers[one.room] = one.answer;
  }
  world.rebuild = {
    ...rebuild,
    reported: rebuild.reported.with(agent, true),
    entries: rebuild.entries.map((known, room) => surer(known, rooms[room] ?? null)),
    answers,
    buckets: [...rebuild.buckets, bucket].sort(),
  };
}

/**
 * merge-table.ts, and rebuild-begin.lua to rebuild-end.lua: what survived is cleared, and written is census over map
 * over answers; the preference is what a proxy falls back to.
 */
export function rewriteTable(world: World, rebuild: Rebuild, rules: Rules): void {
  const { table } = world;
  table.preference = preferenceOf(rebuild, rules);
  table.placements = table.placements.map((survivor, room) => {
    const shard = rebuild.shown?.[room] ?? incarnationIn(rebuild.entries[room]) ?? rebuild.answers[room];
    if (shard) return { shard, state: 'seated', operation: null };
    return rules.rebuildClears ? null : survivor;
  });
  table.operations = [];
  table.blessed = true;
  world.rebuild = null;
}

function preferenceOf({ buckets }: Rebuild, rules: Rules): Shard | null {
  const named = buckets.map((bucket) => (isHeld(bucket) ? null : incarnationIn(bucket)));
  const released = named.find((shard) => shard !== null);
  const held = buckets.find(isHeld);
  const old = held ? shardOf(held.slice(1) as Incarnation) : null;
  if (!rules.releasedOverHeld && old) return old;
  return released ? shardOf(released) : old;
}

/** A tombstone says nothing of where the room is; it is remembered only where no proxy says more. */
function surer(known: RoomEntry, reported: RoomEntry): RoomEntry {
  return incarnationIn(reported) ?? incarnationIn(known) ?? reported ?? known;
}

function incarnationIn(entry: string | null | undefined): Incarnation | null {
  return entry && entry !== '?' && !isHeld(entry as Incarnation) ? (entry as Incarnation) : null;
}

/** What a Redis that lost its data says. */
export function emptyTable({ table }: World): World['table'] {
  return {
    ...table,
    blessed: false,
    preference: null,
    placements: table.placements.map(() => null),
    operations: [],
  };
}
