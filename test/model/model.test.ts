import { describe, expect, it } from 'vitest';
import { type Exploration, explore } from './explore.ts';
import { type Fault, faults } from './fault.ts';
import { noSplitRoom, removedShardIsEmpty } from './invariants.ts';
import {
  fallsWhileARoomEnds,
  holds,
  isHeld,
  isHeldAfterAFallback,
  leavesAGhost,
  losesADeletion,
  losesAFlip,
  losesATombstone,
  sitsOnTheOldShard,
} from './openings.ts';
import { allRules, type Rules } from './rules.ts';
import type { Bounds } from './world.ts';

/** One room and two participants who come and go without end, over two proxies. */
const still: Bounds = { rooms: 1, participants: 2, moves: 0, retirements: 0 };
const oneMove: Bounds = { ...still, moves: 1 };
const moveAndRetirement: Bounds = { ...oneMove, retirements: 1 };
const moveAndRemoval: Bounds = { ...oneMove, removals: 1 };

/** Too many worlds with a move: `npm run model` searches them whole. */
const large: readonly Fault[] = ['shard-dies', 'shard-looks-down', 'redis-fails-over'];

function findStory(exploration: Exploration): string {
  return explore(exploration).story?.join('\n') ?? '';
}

function expectNoStory(exploration: Exploration): void {
  const { story, complete } = explore(exploration);
  expect(story?.join('\n')).toBeUndefined();
  expect(complete).toBe(true);
}

describe('the protocol', () => {
  it.each(faults)('splits no room, fault: %s', (fault) => expectNoStory({ bounds: still, fault }));

  it.each(faults.filter((fault) => !large.includes(fault)))(
    'splits no room while a bucket moves, fault: %s',
    (fault) => expectNoStory({ bounds: oneMove, fault }),
  );

  it.each([
    ['a bucket moves and the room ends', moveAndRetirement],
    ['a bucket moves and its old shard is removed', moveAndRemoval],
    ['a room is pinned', { ...still, pins: 1 }],
  ])('splits no room while %s', (_, bounds) => expectNoStory({ bounds }));

  it.each(large)('splits no room while a bucket moves, as far as 30,000 worlds go, fault: %s', (fault) => {
    const { story, worlds } = explore({ bounds: oneMove, fault, maxWorlds: 30_000 });
    expect(story?.join('\n')).toBeUndefined();
    expect(worlds).toBeGreaterThanOrEqual(30_000);
  });

  it('splits neither of two rooms, as far as 30,000 worlds go', () => {
    const { story, worlds } = explore({ bounds: { ...oneMove, rooms: 2 }, maxWorlds: 30_000 });
    expect(story?.join('\n')).toBeUndefined();
    expect(worlds).toBeGreaterThanOrEqual(30_000);
  });
});

interface Need {
  rule: keyof Rules;
  fault?: Fault;
  bounds: Bounds;
  after?: readonly string[];
  /** A sentence of the story that shows the rule's absence at work. */
  because: string;
}

const needs: Need[] = [
  { rule: 'holdBeforeFlip', bounds: oneMove, because: 'flips the bucket at once' },
  { rule: 'flipNeedsAcks', bounds: oneMove, because: 'the bucket is flipped' },
  { rule: 'censusCoversHold', bounds: oneMove, because: 'by the fallback' },
  { rule: 'flipAdopts', bounds: oneMove, because: 'a census of every shard covers the hold' },
  {
    rule: 'flipAwaitsOut',
    fault: 'shard-looks-down',
    bounds: oneMove,
    after: isHeldAfterAFallback,
    because: 'takes it out',
  },
  {
    rule: 'viewCoversCensus',
    fault: 'orchestrator-lags',
    bounds: moveAndRetirement,
    after: fallsWhileARoomEnds,
    because: 'mirror falls behind',
  },
  { rule: 'bucketBeforeEntry', bounds: oneMove, because: 'reads entry null' },
  { rule: 'mapsBeforeAck', bounds: oneMove, because: 'ahead of its maps' },
  { rule: 'ackCoversOldWorkers', fault: 'proxy-reloads', bounds: oneMove, because: 'the old worker' },
  { rule: 'filesFirst', fault: 'proxy-restarts-with-files', bounds: oneMove, because: 'from its files' },
  { rule: 'resyncAfterGap', fault: 'feed-trimmed', bounds: oneMove, because: 'the feed was trimmed' },
  { rule: 'tombstone', bounds: moveAndRetirement, because: 'by the fallback' },
  { rule: 'entryForbidsFallback', bounds: moveAndRetirement, because: 'by the fallback' },
  { rule: 'deleteNeedsAcks', bounds: moveAndRetirement, after: sitsOnTheOldShard, because: 'is deleted' },
  { rule: 'deleteNeedsCensus', bounds: moveAndRetirement, after: sitsOnTheOldShard, because: 'is deleted' },
  {
    rule: 'deleteNeedsAbsence',
    bounds: moveAndRetirement,
    after: sitsOnTheOldShard,
    because: 'a census covers the tombstone',
  },
  {
    rule: 'deleteChecksState',
    bounds: moveAndRetirement,
    after: sitsOnTheOldShard,
    because: 'claimed again',
  },
  { rule: 'downNeedsAcks', fault: 'shard-looks-down', bounds: still, because: 'may be claimed anew' },
  { rule: 'sessionsShutBeforeAck', fault: 'shard-looks-down', bounds: still, because: 'applies out' },
  {
    rule: 'outStillHolds',
    fault: 'shard-looks-down',
    bounds: oneMove,
    after: isHeld,
    because: 'takes it out',
  },
  { rule: 'newIncarnation', fault: 'shard-looks-down', bounds: still, because: 'it returns as a.1' },
  {
    rule: 'returnsEmpty',
    fault: 'shard-looks-down',
    bounds: oneMove,
    after: leavesAGhost,
    because: 'it returns as a.2',
  },
  { rule: 'goneStaysGone', fault: 'shard-dies', bounds: still, because: 'is started again' },
  { rule: 'removeNeedsDrain', bounds: moveAndRemoval, because: 'is removed' },
  {
    rule: 'unblessedRefuses',
    fault: 'redis-fails-over',
    bounds: oneMove,
    after: losesAFlip,
    because: 'fails over',
  },
  {
    rule: 'agentsAwaitBlessing',
    fault: 'redis-fails-over',
    bounds: oneMove,
    after: losesAFlip,
    because: 'nobody has blessed',
  },
  {
    rule: 'rebuildClears',
    fault: 'redis-fails-over',
    bounds: moveAndRetirement,
    after: losesADeletion,
    because: 'is rebuilt',
  },
  { rule: 'blessNeedsReports', fault: 'redis-emptied', bounds: oneMove, after: holds, because: 'reports' },
  { rule: 'reportIsLast', fault: 'redis-emptied', bounds: oneMove, after: holds, because: 'applies prefer' },
  {
    rule: 'rebuildHearsAnswers',
    fault: 'redis-emptied',
    bounds: oneMove,
    after: holds,
    because: "by the claim's answer",
  },
  {
    rule: 'rebuildReadsCensuses',
    fault: 'redis-emptied',
    bounds: oneMove,
    after: holds,
    because: 'is rebuilt',
  },
  {
    rule: 'rebuildAwaitsTombstones',
    fault: 'redis-emptied',
    bounds: moveAndRetirement,
    after: losesATombstone,
    because: 'arrives on shard a.1',
  },
  {
    rule: 'releasedOverHeld',
    fault: 'redis-emptied',
    bounds: oneMove,
    after: holds,
    because: 'applies prefer',
  },
];

describe('each rule is needed', () => {
  it('and every rule is tried', () => {
    expect(needs.map(({ rule }) => rule).sort()).toEqual(Object.keys(allRules).sort());
  });

  it.each(needs)('without $rule a room is split, or a meeting cut', ({ rule, because, ...rest }) => {
    const rules = { ...allRules, [rule]: false };
    const invariants = [noSplitRoom, removedShardIsEmpty];
    const story = findStory({ ...rest, rules, invariants, maxWorlds: 200_000 });
    expect(story).toContain(because);
    expect(story).toMatch(/(a room is split|a meeting is cut by a removal)$/);
  });
});
