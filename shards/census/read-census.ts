import { z } from 'zod';
import { messageOf } from '../../common/errors.ts';
import { ask } from '../probes/ask.ts';
import { hard, type ProbeFailure, soft } from '../probes/probe.ts';
import { type CensusRoom, censusAnswer } from './schema.ts';

/** The live rooms of a shard at one moment. */
export interface Census {
  readonly ok: true;
  readonly rooms: readonly CensusRoom[];
}

/**
 * Asks a shard which rooms are live. A census that can't be had or read is a failure, never an empty one:
 * rooms are ended on its word.
 * @param url Prosody's HTTP address without path; `domain` is the host that it must be asked for.
 */
export async function readCensus(
  url: string,
  domain: string,
  signal: AbortSignal,
): Promise<Census | ProbeFailure> {
  const answer = await ask(`${url}/room-census`, signal, { headers: { host: domain } });
  if (!answer.ok) return answer;
  if (answer.status !== 200) return hard(`${url}/room-census: status ${answer.status}, expected 200`);
  return parseCensus(answer.body, `${url}/room-census`);
}

/** The census in the JSON text that `source` answered. */
export function parseCensus(text: string, source: string): Census | ProbeFailure {
  try {
    const parsed = censusAnswer.safeParse(JSON.parse(text));
    if (parsed.success) return { ok: true, rooms: parsed.data };
    return soft(`${source}: not a census: ${z.prettifyError(parsed.error)}`);
  } catch (error) {
    return soft(`${source}: not JSON: ${messageOf(error)}`);
  }
}
