import { z } from 'zod';
import { type ExitCode, exitCodes, fetchMessageOf, UsherError } from '../../common/errors.ts';
import { errorAnswer } from '../../orchestrator/api/schema/change.ts';
import { actor } from './actor.ts';

/** An answer takes milliseconds, seconds when agents are asked and do not answer. */
const timeoutMs = 15_000;

/** What is sent to an orchestrator; a `body` makes it a POST. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object | undefined;
  readonly signal: AbortSignal;
}

/** Sends to an orchestrator's API; an ApiUnreachableError where no orchestrator answers. */
export type Send = (
  url: string,
  message: Message,
) => Promise<{ readonly status: number; readonly text: string }>;

/** Nothing listens at the API's address, or it does not answer in time. */
export class ApiUnreachableError extends UsherError {}

/** The orchestrator that was asked stands by, or has just begun to lead and does not know yet. Nothing was changed. */
export class StandbyError extends ApiUnreachableError {}

/**
 * Asks the orchestrator's API; `body` makes it a POST.
 *
 * @throws ApiUnreachableError (StandbyError), or an UsherError with the API's own message and exit code
 */
export async function request<T>(
  base: string,
  path: string,
  schema: z.ZodType<T>,
  signal: AbortSignal,
  body?: object,
  send: Send = sendByFetch,
): Promise<T> {
  const url = `${base}${path}`;
  const headers = { 'x-usher-actor': actor(), ...(body && { 'content-type': 'application/json' }) };
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const { status, text } = await send(url, { headers, body, signal: bounded }).catch((error: unknown) => {
    // Who pressed Ctrl-C needs not be told that nobody answers.
    signal.throwIfAborted();
    throw error;
  });
  const answer = parseJson(text);
  if (status >= 400) throw failureOf(errorAnswer.safeParse(answer), url, status);
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = z.prettifyError(parsed.error).split('\n', 2).join(' ');
  throw new UsherError(`${url} answers, but not as this version of usher knows it: ${where}`);
}

async function sendByFetch(
  url: string,
  { headers, body, signal }: Message,
): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, {
      headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      signal,
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const { host } = new URL(url);
    throw new ApiUnreachableError(
      `the orchestrator's API at ${host} is out of reach (${fetchMessageOf(error)}); is the fleet up? \`usher up\` starts it`,
      undefined,
      { cause: error },
    );
  }
}

function failureOf(
  parsed: z.ZodSafeParseResult<z.infer<typeof errorAnswer>>,
  url: string,
  status: number,
): UsherError {
  if (!parsed.success) return new UsherError(`${url} answered ${status}; is that usher's API?`);
  const { message, exitCode } = parsed.data.error;
  if (parsed.data.leader !== undefined) return new StandbyError(message);
  return new UsherError(message, knownExitCode(exitCode));
}

function knownExitCode(code: number): ExitCode {
  return Object.values(exitCodes).find((known) => known === code) ?? exitCodes.failure;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
