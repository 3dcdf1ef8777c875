import type { Rules } from '../rules.ts';
import { claim } from '../table/rooms.ts';
import { mapsOf, type Participant, reaches, type Shard, type World } from '../world.ts';
import { roomName, type Step } from './step.ts';

/** What a request or its participant may do next (haproxy.cfg.hbs). */
export function* participantSteps(world: World, rules: Rules): Generator<Step> {
  for (const [index, participant] of world.participants.entries()) {
    switch (participant.at) {
      case 'home':
        yield* join(world, index);
        break;
      case 'asking':
        yield* ask(world, index, participant);
        yield timeOut(world, index, participant, rules);
        break;
      case 'falling':
        yield fallBack(world, index, participant, rules);
        break;
      case 'meeting':
        yield become(index, `${who(index)} leaves ${roomName(participant.room)}`, { at: 'home' });
        break;
      default:
        participant satisfies never;
    }
  }
}

/** The path of nearly every request: the entry resolves. Else the agent is asked. */
function* join(world: World, index: number): Generator<Step> {
  for (const [proxy, state] of world.proxies.entries()) {
    for (const [room, entry] of mapsOf(state).rooms.entries()) {
      const start = `${who(index)} asks proxy ${proxy + 1} for ${roomName(room)}`;
      if (entry === 'a' || entry === 'b') {
        yield become(index, `${start}: its entry says shard ${entry}`, { at: 'meeting', room, shard: entry });
      } else {
        const asking: Participant = { at: 'asking', room, proxy, answer: null };
        yield become(
          index,
          `${start}: ${entry === '?' ? 'a tombstone' : 'no entry'}, a claim is sent`,
          asking,
        );
      }
    }
  }
}

type Asking = Extract<Participant, { at: 'asking' }>;
type Falling = Extract<Participant, { at: 'falling' }>;

/** Any agent may run the claim: a neighbour's is the backup. */
function* ask(world: World, index: number, asking: Asking): Generator<Step> {
  const { room, answer } = asking;
  if (answer) {
    const story = `${who(index)} is sent to shard ${answer} by the claim's answer`;
    yield become(index, story, { at: 'meeting', room, shard: answer });
  } else if (world.proxies.some((_, agent) => reaches(world, agent))) {
    yield {
      story: `the claim of ${who(index)} for ${roomName(room)} runs in Redis`,
      take(next) {
        next.participants[index] = { ...asking, answer: claim(next, room) };
      },
    };
  }
}

/** No answer in time: the bucket is read. What was asked may still run. */
function timeOut(world: World, index: number, asking: Asking, rules: Rules): Step {
  const { room, proxy, answer } = asking;
  const maps = mapsOfProxy(world, proxy);
  const bucket = maps.bucket === 'a' || maps.bucket === 'b' ? maps.bucket : null;
  const entry = maps.rooms[room] ?? null;
  const mayFall = rules.bucketBeforeEntry ? bucket !== null : entry === null;
  const read = rules.bucketBeforeEntry ? `reads bucket ${maps.bucket}` : `reads entry ${entry}`;
  return {
    story: `the claim of ${who(index)} times out, proxy ${proxy + 1} ${read}`,
    take(next) {
      if (answer === null) next.lateClaims[room] = true;
      next.participants[index] = mayFall
        ? { at: 'falling', room, proxy, bucket: rules.bucketBeforeEntry ? bucket : null }
        : seatedBy(room, entry === '?' ? null : entry);
    },
  };
}

/** The second look-up: only a room that still has no entry goes to its bucket's shard. */
function fallBack(world: World, index: number, { room, proxy, bucket }: Falling, rules: Rules): Step {
  const maps = mapsOfProxy(world, proxy);
  const entry = rules.bucketBeforeEntry ? (maps.rooms[room] ?? null) : null;
  const late = maps.bucket === 'a' || maps.bucket === 'b' ? maps.bucket : null;
  const preferred = rules.bucketBeforeEntry ? bucket : late;
  const shard =
    entry === 'a' || entry === 'b' ? entry : entry === '?' && rules.entryForbidsFallback ? null : preferred;
  const story = shard ? `is sent to shard ${shard} by the fallback` : 'gets a 503';
  return become(index, `${who(index)} ${story} of proxy ${proxy + 1}`, seatedBy(room, shard));
}

function mapsOfProxy(world: World, index: number) {
  const proxy = world.proxies[index];
  if (!proxy) throw new Error(`no proxy ${index}`);
  return mapsOf(proxy);
}

function seatedBy(room: number, shard: Shard | null): Participant {
  return shard ? { at: 'meeting', room, shard } : { at: 'home' };
}

function become(index: number, story: string, state: Participant): Step {
  return {
    story,
    take(next) {
      next.participants[index] = state;
    },
  };
}

function who(index: number): string {
  return `participant ${index + 1}`;
}
