import { z } from 'zod';
import { ask } from './ask.ts';
import { type Probe, type ProbeFailure, soft } from './probe.ts';

const drainState = z.object({ drain: z.boolean() });

/**
 * Whether a bridge drains now, by `/colibri/drain`: its statistics say it too, up to 5 s late.
 * @param url the bridge's REST address without path
 */
export async function readBridgeDrain(
  url: string,
  signal: AbortSignal,
): Promise<{ ok: true; draining: boolean } | ProbeFailure> {
  const answer = await ask(`${url}/colibri/drain`, signal);
  if (!answer.ok) return answer;
  const parsed = drainState.safeParse(answer.status === 200 ? jsonOf(answer.body) : undefined);
  if (parsed.success) return { ok: true, draining: parsed.data.drain };
  return soft(`${url}/colibri/drain: status ${answer.status}, not a drain state`);
}

/** Has Jicofo place no new conference on a bridge while another is open, or takes that back. Meetings stay on it. */
export async function setBridgeDrain(url: string, draining: boolean, signal: AbortSignal): Promise<Probe> {
  const address = `${url}/colibri/drain/${draining ? 'enable' : 'disable'}`;
  const answer = await ask(address, signal, { body: '' });
  if (!answer.ok) return answer;
  return answer.status === 200 ? { ok: true } : soft(`${address}: status ${answer.status}, expected 200`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
