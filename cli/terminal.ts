import type { Writable } from 'node:stream';

/** A stream that a person or a program reads. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What a command may touch of the process it runs in. */
export interface Terminal {
  /** Results alone, so that they can be piped. */
  readonly stdout: Output;
  /** Progress, hints and errors. */
  readonly stderr: Output;
  /** Aborts on Ctrl-C and on SIGTERM. */
  readonly signal: AbortSignal;
}
