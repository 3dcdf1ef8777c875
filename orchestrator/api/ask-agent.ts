import type { z } from 'zod';
import { fetchMessageOf } from '../../common/errors.ts';

/** How an agent is asked. */
export interface AskOptions {
  /** Default GET. */
  method?: 'GET' | 'POST';
  /** Default 3000. */
  timeoutMs?: number;
}

/** Asks an agent over HTTP; whatever goes wrong is said, not thrown. `http` is `host:port`. */
export async function askAgent<T>(
  http: string,
  path: string,
  schema: z.ZodType<T>,
  { method = 'GET', timeoutMs = 3_000 }: AskOptions = {},
): Promise<{ ok: true; value: T } | { ok: false; reason: string }> {
  try {
    const response = await fetch(`http://${http}${path}`, { method, signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) return { ok: false, reason: `http://${http}${path}: ${await errorOf(response)}` };
    return { ok: true, value: schema.parse(await response.json()) };
  } catch (error) {
    return { ok: false, reason: `http://${http}: ${fetchMessageOf(error)}` };
  }
}

async function errorOf(response: Response): Promise<string> {
  const text = (await response.text()).slice(0, 200);
  return `status ${response.status}${text === '' ? '' : `: ${text}`}`;
}
