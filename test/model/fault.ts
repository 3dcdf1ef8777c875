/** What may go wrong, once in a run. */
export const faults = [
  'none',
  'agent-dies',
  'agent-cut',
  'feed-trimmed',
  'proxy-restarts-with-files',
  'proxy-restarts-empty',
  'proxy-reloads',
  'shard-dies',
  'shard-looks-down',
  'shard-out-of-reach',
  'redis-down',
  'redis-emptied',
  'redis-fails-over',
  'orchestrator-stops',
  'orchestrator-lags',
] as const;

/** One of `faults`. */
export type Fault = (typeof faults)[number];
