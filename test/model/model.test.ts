import { describe, expect, it } from 'vitest';
import { type Exploration, explore } from './explore.ts';
import { noSplitRoom } from './invariants.ts';
import { allRules, type Fault, faults, type Rules } from './rules.ts';
import type { Bounds } from './world.ts';

/** One room and two participants who come and go without end, over two proxies. */
const oneMove: Bounds = { rooms: 1, participants: 2, moves: 1, retirements: 0 };
const moveAndRetirement: Bounds = { ...oneMove, retirements: 1 };

function findStory(exploration: Exploration): string {
  return explore(exploration).story?.join('\n') ?? '';
}

describe('the protocol', () => {
  it.each(faults)('splits no room while a bucket moves, fault: %s', (fault) => {
    const { story, complete } = explore({ bounds: oneMove, fault });
    expect(story?.join('\n')).toBeUndefined();
    expect(complete).toBe(true);
  });

  it('splits no room while a bucket moves and the room ends', () => {
    const { story, complete } = explore({ bounds: moveAndRetirement });
    expect(story?.join('\n')).toBeUndefined();
    expect(complete).toBe(true);
  });

  it('splits neither of two rooms, as far as 30,000 worlds go', () => {
    const { story, worlds } = explore({ bounds: { ...oneMove, rooms: 2 }, maxWorlds: 30_000 });
    expect(story?.join('\n')).toBeUndefined();
    expect(worlds).toBeGreaterThanOrEqual(30_000);
  });
});

interface Need {
  rule: keyof Rules;
  fault: Fault;
  bounds: Bounds;
  /** A sentence of the story that shows the rule's absence at work. */
  because: string;
}

const needs: Need[] = [
  { rule: 'holdBeforeFlip', fault: 'none', bounds: oneMove, because: 'flips the bucket at once' },
  { rule: 'flipNeedsAcks', fault: 'none', bounds: oneMove, because: 'the bucket is flipped' },
  { rule: 'censusCoversHold', fault: 'none', bounds: oneMove, because: 'by the fallback' },
  { rule: 'flipAdopts', fault: 'none', bounds: oneMove, because: 'a census of every shard covers the hold' },
  { rule: 'bucketBeforeEntry', fault: 'none', bounds: oneMove, because: 'reads entry null' },
  { rule: 'mapsBeforeAck', fault: 'none', bounds: oneMove, because: 'ahead of its maps' },
  {
    rule: 'filesFirst',
    fault: 'proxy-restarts-with-files',
    bounds: oneMove,
    because: 'restarts from its files',
  },
  { rule: 'resyncAfterGap', fault: 'feed-trimmed', bounds: oneMove, because: 'the feed was trimmed' },
  { rule: 'tombstone', fault: 'none', bounds: moveAndRetirement, because: 'by the fallback' },
  { rule: 'entryForbidsFallback', fault: 'none', bounds: moveAndRetirement, because: 'by the fallback' },
  { rule: 'deleteNeedsAcks', fault: 'none', bounds: moveAndRetirement, because: 'is deleted' },
  { rule: 'deleteNeedsCensus', fault: 'none', bounds: moveAndRetirement, because: 'is deleted' },
  {
    rule: 'deleteNeedsAbsence',
    fault: 'none',
    bounds: moveAndRetirement,
    because: 'a census covers the tombstone',
  },
  { rule: 'deleteChecksState', fault: 'none', bounds: moveAndRetirement, because: 'claimed again' },
];

describe('each rule is needed', () => {
  it('and every rule is tried', () => {
    expect(needs.map(({ rule }) => rule).sort()).toEqual(Object.keys(allRules).sort());
  });

  it.each(needs)('without $rule a room is split', ({ rule, fault, bounds, because }) => {
    const rules = { ...allRules, [rule]: false };
    const story = findStory({ bounds, fault, rules, invariants: [noSplitRoom], maxWorlds: 200_000 });
    expect(story).toContain(because);
    expect(story).toMatch(/a room is split$/);
  });
});
