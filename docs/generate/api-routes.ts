/** One address of the orchestrator's API. */
export interface ApiRoute {
  /** Method and path, as fastify has them. */
  readonly route: string;
  /** The schema of query or body, by its constant's name. */
  readonly takes?: string;
  /** The schema of the answer, by its constant's name. */
  readonly gives: string;
  readonly isList?: boolean;
  readonly what: string;
}

/** All of them; a test compares them with the server's own. */
export const apiRoutes: readonly ApiRoute[] = [
  {
    route: 'GET /health',
    gives: 'health',
    what: 'The process lives, and says whether it leads. Does not depend on Redis.',
  },
  { route: 'GET /metrics', gives: '', what: '[Metrics](metrics.md) as Prometheus text.' },
  { route: 'GET /v1/status', gives: 'fleetStatus', what: 'The whole fleet.' },
  { route: 'GET /v1/shards', gives: 'shardStatus', isList: true, what: 'All shards.' },
  { route: 'GET /v1/shards/:name', gives: 'shardStatus', what: 'One shard.' },
  {
    route: 'GET /v1/shards/:name/load',
    takes: 'loadQuery',
    gives: 'shardLoad',
    what: 'What a shard carries, and what it carried.',
  },
  {
    route: 'GET /v1/shards/:name/history',
    takes: 'historyQuery',
    gives: 'shardHistory',
    what: 'What a shard carried over weeks, compact.',
  },
  {
    route: 'POST /v1/shards/:name/desired',
    takes: 'desiredBody',
    gives: 'changeAnswer',
    what: 'Sets what the operator wants of a shard, in its overlay.',
  },
  {
    route: 'POST /v1/shards/:name/remove',
    takes: 'removeBody',
    gives: 'changeAnswer',
    what: 'Removes a shard when nobody is on it. Refused (409) while rooms live on it and nothing is said of them.',
  },
  {
    route: 'GET /v1/bridges',
    takes: 'bridgesQuery',
    gives: 'bridgeLoad',
    isList: true,
    what: 'Bridges and what they carry.',
  },
  {
    route: 'POST /v1/bridges/:name/word',
    takes: 'bridgeBody',
    gives: 'changeAnswer',
    what: 'Sets what the operator wants of a bridge, in bridges.yaml.',
  },
  {
    route: 'GET /v1/scale',
    gives: 'shardScale',
    isList: true,
    what: 'How the bridges of all shards are scaled, and why.',
  },
  { route: 'GET /v1/shards/:name/scale', gives: 'shardScale', what: 'The same of one shard.' },
  {
    route: 'POST /v1/scale',
    takes: 'scaleBody',
    gives: 'changeAnswer',
    what: 'Changes what operators want of scaling, of a shard or of every one, in scale.yaml.',
  },
  { route: 'GET /v1/upgrade', gives: 'upgradeStatus', what: 'The upgrade under way, or the last one.' },
  {
    route: 'POST /v1/upgrade',
    takes: 'upgradeBody',
    gives: 'changeAnswer',
    what: 'Begins an upgrade, which the orchestrator takes further by itself.',
  },
  {
    route: 'POST /v1/upgrade/word',
    takes: 'upgradeWordBody',
    gives: 'changeAnswer',
    what: 'Pauses, resumes or rolls back the upgrade.',
  },
  { route: 'GET /v1/rooms', takes: 'roomsQuery', gives: 'roomStatus', isList: true, what: 'Seated rooms.' },
  {
    route: 'GET /v1/rooms/:room',
    gives: 'roomStatus',
    what: 'One seated room, by its percent-encoded key.',
  },
  {
    route: 'GET /v1/rooms/:room/explain',
    gives: 'roomExplanation',
    what: 'Why a room sits where it sits, or where it would.',
  },
  {
    route: 'GET /v1/events',
    takes: 'eventsQuery',
    gives: 'eventsAnswer',
    what: 'Decisions, operators’ commands and the lives of rooms.',
  },
  {
    route: 'POST /v1/rooms/:room/pin',
    takes: 'pinBody',
    gives: 'changeAnswer',
    what: 'Pins a room to a shard, or unpins it, in pins.yaml. A room with people in it stays where it is.',
  },
  {
    route: 'POST /v1/table/rebuild',
    takes: 'rebuildBody',
    gives: 'changeAnswer',
    what: 'Lets a rebuild of the stick table that is under way go on without those who do not answer.',
  },
  { route: 'GET /v1/proxies', gives: 'proxyStatus', isList: true, what: 'All proxies.' },
  {
    route: 'GET /v1/proxies/:name/diff',
    gives: 'proxyDiff',
    what: 'Where a proxy differs from the stick table.',
  },
  {
    route: 'GET /v1/splits',
    gives: 'splitsStatus',
    what: 'Rooms of which table, proxies and censuses have not agreed for a while.',
  },
];
