import { z } from 'zod';
import { messageOf } from '../../common/errors.ts';
import { ask } from './ask.ts';
import { type ProbeFailure, soft } from './probe.ts';

/** As short as for statistics: who hangs is asked again a minute later. */
const timeoutMs = 3_000;

/** Of `/debug`, what is used. A conference has a name if Jicofo gave it one. */
const debugState = z.object({
  conferences: z.record(z.string(), z.object({ name: z.string().optional() })),
});

/**
 * The rooms of which a bridge carries people, by JID, by JVB's `/debug` in its short form, which is on unless it is
 * switched off (`videobridge.rest.debug.enabled`). It takes no lock but the one for a copy of the list of conferences
 * (Videobridge.getDebugState, Conference.getDebugState); what is said there of deadlocks is of the full form.
 *
 * @param url its REST address without path
 */
export async function readBridgeConferences(
  url: string,
  signal: AbortSignal,
): Promise<{ ok: true; rooms: string[] } | ProbeFailure> {
  const debug = `${url}/debug`;
  const answer = await ask(debug, signal, { timeoutMs, keepsConnection: true });
  if (!answer.ok) return answer;
  if (answer.status !== 200) return soft(`${debug}: status ${answer.status}, expected 200`);
  try {
    const parsed = debugState.safeParse(JSON.parse(answer.body));
    if (!parsed.success) return soft(`${debug}: not a bridge's state: ${z.prettifyError(parsed.error)}`);
    return { ok: true, rooms: Object.values(parsed.data.conferences).flatMap(({ name }) => name ?? []) };
  } catch (error) {
    return soft(`${debug}: not JSON: ${messageOf(error)}`);
  }
}
