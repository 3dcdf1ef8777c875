/** How the stories begin in which a rule shows late; each is followed by what the tests search. */
const joins = [
  'participant 1 asks proxy 1 for room 1: no entry, a claim is sent',
  'the claim of participant 1 for room 1 runs in Redis',
  "participant 1 is sent to shard a.1 by the claim's answer",
];

const everyAgent = (what: string) => [1, 2].map((agent) => `agent ${agent} applies ${what}`);

/** The bucket is held on every proxy. */
export const isHeld = ['the orchestrator holds the bucket, to move it to shard b', ...everyAgent('hold')];

/** Somebody fell back to the old shard just before that: no placement says so. */
export const isHeldAfterAFallback = [
  'participant 1 asks proxy 1 for room 1: no entry, a claim is sent',
  'the claim of participant 1 times out, proxy 1 reads bucket a.1',
  'participant 1 is sent to shard a.1 by the fallback of proxy 1',
  ...isHeld,
];

/** The hold is covered by a census. */
export const holds = [...isHeld, 'a census of every shard covers the hold'];

const moves = [
  ...holds,
  'the bucket is flipped to shard b',
  ...everyAgent('prefer b.1'),
  'the move is finished',
];

/** The bucket moved away from a room whose only participant has left. */
export const sitsOnTheOldShard = [
  ...joins,
  ...everyAgent('seat of room 1 a.1'),
  ...moves,
  'participant 1 leaves room 1',
];

const retires = ['room 1 lingers', 'room 1 retires', ...everyAgent('tombstone of room 1')];

/** The replica knows a room on the old shard, whose end it does not hear of. */
export const losesADeletion = [
  ...sitsOnTheOldShard,
  'FAULT the replica of Redis falls behind',
  ...retires,
  'a census covers the tombstone of room 1',
  'the placement of room 1 is deleted',
  ...everyAgent('deleted of room 1'),
  'Redis fails over to its replica',
];

/** Somebody was sent to the old shard by the entry of a room that retires since; then Redis is lost. */
export const losesATombstone = [
  ...sitsOnTheOldShard,
  'participant 1 asks proxy 1 for room 1: its entry says shard a.1',
  ...retires,
  'FAULT Redis loses everything',
];

/** Shard a was down, its sessions were shut, and it is well again. */
export const leavesAGhost = [
  ...joins,
  'FAULT shard a looks down, and lives',
  'shard a looks down: the orchestrator takes it out',
  ...everyAgent('seat of room 1 a.1'),
  ...everyAgent('out a'),
  'shard a is down: its rooms may be claimed anew',
  ...everyAgent('down b.1'),
  'shard a is down for all',
  'room 1 is on a life that is over: its placement is collected',
  ...everyAgent('deleted of room 1'),
  'shard a looks well again',
];

/** A room's last proxy holds the bucket; somebody has read it there before, and looks for the room's entry yet. */
export const fallsWhileARoomEnds = [
  ...joins.slice(0, 2),
  'participant 2 asks proxy 2 for room 1: no entry, a claim is sent',
  ...everyAgent('seat of room 1 a.1'),
  ...retires,
  'the orchestrator holds the bucket, to move it to shard b',
  'agent 1 applies hold',
  'the claim of participant 1 times out, proxy 1 reads bucket !a.1',
  'a census covers the tombstone of room 1',
  'the claim of participant 2 times out, proxy 2 reads bucket a.1',
  'agent 2 applies hold',
];

/** A flip is about to be lost with the primary. */
export const losesAFlip = [...isHeld, 'FAULT the replica of Redis falls behind'];
