/** `error`: people are, or will be, kept out or split. `warn`: it should be seen to. */
export type Severity = 'ok' | 'warn' | 'error';

/** One thing that a check found. */
export interface Finding {
  readonly severity: Severity;
  /** What is so, and what was expected. */
  readonly what: string;
  /** The file, address, shard, proxy or room that it is about. */
  readonly where: string;
  /** What the operator had better do; empty when nothing. */
  readonly doThis: string;
}

/** All is as it should be. */
export function ok(where: string, what: string): Finding {
  return { severity: 'ok', where, what, doThis: '' };
}

/** Something to be seen to. */
export function warn(where: string, what: string, doThis: string): Finding {
  return { severity: 'warn', where, what, doThis };
}

/** Something that keeps people out, or will. */
export function error(where: string, what: string, doThis: string): Finding {
  return { severity: 'error', where, what, doThis };
}
