/** The names of all checks, apart from them so that declaring the command loads none. */
export const checkNames = [
  'processes',
  'files',
  'versions',
  'ports',
  'disk',
  'credentials',
  'sockets',
  'clocks',
  'redis',
  'drift',
  'shards',
  'identity',
  'operations',
  'splits',
] as const;
