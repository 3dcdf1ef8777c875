import { UsherError } from '../../common/errors.ts';

/**
 * Why a command failed:
 * `invalid`: never sent, a word or payload line would change its meaning or does not fit the buffer;
 * `unreachable`: no connection, nothing was sent;
 * `unanswered`: sent, then silence or a cut; HAProxy may or may not have run it;
 * `refused`: HAProxy answered that it did not do it.
 */
export type RuntimeFailure = 'invalid' | 'unreachable' | 'unanswered' | 'refused';

const shownCharacters = 160;

/** The one error of this folder: a command that HAProxy's runtime socket did not carry out. */
export class RuntimeError extends UsherError {
  readonly failure: RuntimeFailure;
  /** The command as it was sent, without its payload, cut to a readable length. */
  readonly command: string;

  constructor(
    failure: RuntimeFailure,
    address: string,
    command: string,
    found: string,
    options?: ErrorOptions,
  ) {
    const shown = shorten(command);
    super(`HAProxy runtime socket ${address}: "${shown}" ${failure}: ${shorten(found)}`, undefined, options);
    this.name = 'RuntimeError';
    this.failure = failure;
    this.command = shown;
  }
}

function shorten(text: string): string {
  const line = text.trim().replaceAll(/\s*\n\s*/g, ' | ');
  return line.length <= shownCharacters
    ? line
    : `${line.slice(0, shownCharacters)}... (${line.length} characters)`;
}
