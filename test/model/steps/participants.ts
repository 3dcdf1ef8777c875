import type { Rules } from '../rules.ts';
import { claim } from '../table/rooms.ts';
import { mapsOf, type Participant, resolve, type World, workersOf } from '../world.ts';
import { arrive } from './arrive.ts';
import { roomName, type Step, workerName } from './step.ts';

/** What a request or its participant may do next (haproxy.cfg.hbs). */
export function* participantSteps(world: World, rules: Rules): Generator<Step> {
  const atHome = world.participants.findIndex(({ at }) => at === 'home');
  for (const [index, participant] of world.participants.entries()) {
    switch (participant.at) {
      case 'home':
        // All at home are alike: one of them is enough.
        if (index === atHome) yield* join(world, index);
        break;
      case 'asking':
        yield* ask(world, index, participant, rules);
        yield timeOut(world, index, participant, rules);
        break;
      case 'routed':
        yield become(index, `${who(index)} arrives on shard ${participant.to}`, (next) =>
          arrive(next, participant.room, participant.proxy, participant.to),
        );
        break;
      case 'falling':
        yield fallBack(world, index, participant, rules);
        break;
      case 'meeting':
        yield become(index, `${who(index)} leaves ${roomName(participant.room)}`, () => ({ at: 'home' }));
        break;
      default:
        participant satisfies never;
    }
  }
}

/** The path of nearly every request: the entry resolves. Else the agent is asked. */
function* join(world: World, index: number): Generator<Step> {
  for (const proxy of workersOf(world)) {
    const maps = mapsOf(world, proxy);
    for (const [room, entry] of maps.rooms.entries()) {
      const start = `${who(index)} asks ${workerName(proxy)} for ${roomName(room)}`;
      const shard = resolve(maps, entry);
      if (shard) {
        const story = `${start}: its entry says shard ${shard}`;
        yield become(index, story, () => ({ at: 'routed', room, proxy, to: shard }));
      } else {
        const what =
          entry === '?' ? 'a tombstone' : entry ? `its entry says ${entry}, which has no slot` : 'no entry';
        const asking: Participant = { at: 'asking', room, proxy, answer: null };
        yield become(index, `${start}: ${what}, a claim is sent`, () => asking);
      }
    }
  }
}

type Asking = Extract<Participant, { at: 'asking' }>;
type Falling = Extract<Participant, { at: 'falling' }>;

/** Any agent may run the claim: a neighbour's is the backup. */
function* ask(world: World, index: number, asking: Asking, rules: Rules): Generator<Step> {
  const { room, proxy, answer } = asking;
  if (answer) {
    const shard = resolve(mapsOf(world, proxy), answer);
    const story = shard
      ? `is sent to shard ${answer} by the claim's answer`
      : `gets a 503: ${answer} has no slot`;
    yield become(index, `${who(index)} ${story}`, (next) => arrive(next, room, proxy, shard));
  } else if (world.table.up && world.proxies.some(({ agent }) => agent === 'following')) {
    yield become(index, `the claim of ${who(index)} for ${roomName(room)} runs in Redis`, (next) => {
      const shard = claim(next, room, rules);
      return shard ? { ...asking, answer: shard } : readFirst(next, asking, rules);
    });
  }
}

/** No answer in time; what was asked may still run. */
function timeOut(world: World, index: number, asking: Asking, rules: Rules): Step {
  const { bucket, rooms } = mapsOf(world, asking.proxy);
  const read = rules.bucketBeforeEntry ? `bucket ${bucket}` : `entry ${rooms[asking.room] ?? null}`;
  const story = `the claim of ${who(index)} times out, ${workerName(asking.proxy)} reads ${read}`;
  return become(index, story, (next) => {
    if (asking.answer === null) next.lateClaims[asking.room] = true;
    return readFirst(next, asking, rules);
  });
}

/** The fallback's first look-up: the bucket. */
function readFirst(world: World, { room, proxy }: Asking, rules: Rules): Participant {
  const maps = mapsOf(world, proxy);
  const entry = maps.rooms[room] ?? null;
  if (!rules.bucketBeforeEntry) {
    if (entry !== null) return arrive(world, room, proxy, resolve(maps, entry));
    return { at: 'falling', room, proxy, bucket: null };
  }
  const bucket = resolve(maps, maps.bucket);
  if (bucket || resolve(maps, entry)) return { at: 'falling', room, proxy, bucket };
  return { at: 'home' };
}

/** Its second: only a room that still has no entry goes to its bucket's shard. */
function fallBack(world: World, index: number, falling: Falling, rules: Rules): Step {
  const { room, proxy } = falling;
  const maps = mapsOf(world, proxy);
  const entry = rules.bucketBeforeEntry ? (maps.rooms[room] ?? null) : null;
  const bucket = resolve(maps, rules.bucketBeforeEntry ? falling.bucket : maps.bucket);
  const seat = resolve(maps, entry);
  const shard = seat ?? (entry && rules.entryForbidsFallback ? null : bucket);
  const story = shard ? `is sent to shard ${shard} by the fallback` : 'gets a 503';
  return become(index, `${who(index)} ${story} of ${workerName(proxy)}`, (next) =>
    arrive(next, room, proxy, shard),
  );
}

function become(index: number, story: string, state: (next: World) => Participant): Step {
  return {
    story,
    take(next) {
      next.participants[index] = state(next);
    },
  };
}

function who(index: number): string {
  return `participant ${index + 1}`;
}
