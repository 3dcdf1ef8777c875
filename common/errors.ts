/** Exit codes of every `usher` command. */
export const exitCodes = { ok: 0, failure: 1, usage: 2, nothingToChange: 64 } as const;

/** One of them. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * The one error type whose message is meant for the operator: what was wrong, where, what to do.
 * Anything else that is thrown is a defect of usher.
 */
export class UsherError extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = exitCodes.failure, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsherError';
    this.exitCode = exitCode;
  }
}

/** Bad input: flags, names, configuration. Exit code 2. */
export class UsageError extends UsherError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, exitCodes.usage, options);
    this.name = 'UsageError';
  }
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The message of a `fetch` that failed: it says only that it did, and its cause why. */
export function fetchMessageOf(error: unknown): string {
  return messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
}
