import type { Readable, Writable } from 'node:stream';

/** A stream that a person or a program reads. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What a person types. */
export type Input = Readable & { readonly isTTY?: boolean };

/** What a command may touch of the process it runs in. */
export interface Terminal {
  /** Results alone, so that they can be piped. */
  readonly stdout: Output;
  /** Progress, hints and errors. */
  readonly stderr: Output;
  /** Undefined: nobody can be asked. */
  readonly stdin?: Input;
  /** Aborts on Ctrl-C and on SIGTERM. */
  readonly signal: AbortSignal;
}
