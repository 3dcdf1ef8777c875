import { type Fault, faults } from './fault.ts';
import type { Bounds } from './world.ts';

/** A world's bounds, and the faults with which it is searched whole. */
export interface Case {
  name: string;
  bounds: Bounds;
  faults: readonly Fault[];
}

const oneMove: Bounds = { rooms: 1, participants: 2, moves: 1, retirements: 0 };

/** What `npm run model` searches when it is not told otherwise. */
export const cases: readonly Case[] = [
  { name: 'a bucket moves', bounds: oneMove, faults },
  {
    name: 'a bucket moves, a room ends',
    bounds: { ...oneMove, retirements: 1 },
    faults: ['none', 'proxy-restarts-with-files', 'redis-down', 'orchestrator-stops', 'orchestrator-lags'],
  },
  {
    name: 'a room ends',
    bounds: { ...oneMove, moves: 0, retirements: 1 },
    faults,
  },
  {
    name: 'a bucket moves, a room is pinned',
    bounds: { ...oneMove, pins: 1 },
    faults: ['none', 'agent-dies', 'redis-down'],
  },
  {
    name: 'a bucket moves, a room ends, a shard is removed',
    bounds: { ...oneMove, retirements: 1, removals: 1 },
    faults: ['none'],
  },
  {
    name: 'a bucket moves, two rooms',
    bounds: { ...oneMove, rooms: 2 },
    faults: ['none', 'agent-dies', 'redis-down', 'proxy-reloads', 'orchestrator-stops'],
  },
];
