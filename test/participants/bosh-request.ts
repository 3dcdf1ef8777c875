import type { Agent } from 'node:http';
import { sleep } from '../../common/time.ts';
import { ask, BadStatus, NotNow } from './http.ts';
import type { ProxyChoice } from './proxy-choice.ts';

/** How long a browser tries to get one request through, in milliseconds; Prosody keeps a silent session for 60 s. */
const recoverWithinMs = 20_000;

/** Clients of a proxy that died spread their second attempts over this time, in milliseconds. */
const spreadMs = 900;

/**
 * How long a request that is sent again, and not answered, keeps a later one back, in milliseconds. Prosody ends
 * a session whose requests reach it in the wrong order after a loss, and they come over different connections:
 * when 225 sessions moved at once, new connections were overtaken by old ones by up to 3.5 s, and 12 and 19
 * sessions ended that way without a gap, none in four runs with this one.
 */
export const resendGapMs = 5_000;

/** Where one participant's BOSH requests go. */
export interface BoshRoute {
  readonly choice: ProxyChoice;
  /** Path and query. */
  readonly target: string;
  readonly agent: Agent;
}

/** A request's place among those of its session. */
export interface BoshTurn {
  /** Resolves when all earlier requests have been answered. */
  readonly before: Promise<void>;
  /** The request failed and will be sent again. */
  onFailure(): void;
  /** It is sent again now. */
  onResend(): void;
}

/**
 * Gets one `<body>` through and returns the answer. As browsers do, a request that failed is sent again as it
 * was, over the other proxy when the connection failed: the server knows it by its `rid` (XEP-0124, 14.3).
 * @throws Error when the server refuses it for good or nothing got through in time.
 */
export async function boshRequest(
  { choice, target, agent }: BoshRoute,
  body: string,
  turn: BoshTurn,
  signal: AbortSignal,
): Promise<string> {
  let giveUpAt: number | undefined;
  for (;;) {
    const proxy = choice.current;
    try {
      const url = `${proxy}${target}`;
      const answer = await ask(
        { method: 'POST', url, body, contentType: 'text/xml; charset=utf-8', agent },
        signal,
      );
      return answer.text;
    } catch (error) {
      giveUpAt ??= Date.now() + recoverWithinMs;
      choice.noteHeard(false);
      const refused = error instanceof BadStatus && error.status < 500;
      if (signal.aborted || refused || Date.now() > giveUpAt) throw error;
      if (!(error instanceof NotNow || error instanceof BadStatus)) choice.avoid(proxy);
      turn.onFailure();
      await sleep(error instanceof NotNow ? error.retryAfterMs : 100 + spreadMs * Math.random(), signal);
      await Promise.race([turn.before, sleep(resendGapMs, signal)]);
      turn.onResend();
    }
  }
}
