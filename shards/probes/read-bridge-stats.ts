import { ask } from './ask.ts';
import { parseBridgeMetrics } from './bridge-metrics.ts';
import type { BridgeStats } from './bridge-stats.ts';
import { parseColibriStats } from './colibri-stats.ts';
import { type ProbeFailure, soft } from './probe.ts';

/** A bridge that is slower is as good as silent: it is asked again in 10 s, and others wait for their turn. */
const timeoutMs = 3_000;

/**
 * Reads what a bridge says of itself: `/colibri/stats`, or `/metrics` where that is switched off
 * (`COLIBRI_REST_ENABLED`). What cannot be read, or cannot be, is a failure, never zero.
 *
 * @param url its REST address without path
 */
export async function readBridgeStats(url: string, signal: AbortSignal): Promise<BridgeStats | ProbeFailure> {
  const stats = `${url}/colibri/stats`;
  const answer = await ask(stats, signal, { timeoutMs, keepsConnection: true });
  if (!answer.ok) return answer;
  if (answer.status === 404) return readBridgeMetrics(url, signal);
  if (answer.status !== 200) return soft(`${stats}: status ${answer.status}, expected 200`);
  return parseColibriStats(answer.body, stats);
}

async function readBridgeMetrics(url: string, signal: AbortSignal): Promise<BridgeStats | ProbeFailure> {
  const metrics = `${url}/metrics`;
  const readAt = new Date();
  const answer = await ask(metrics, signal, {
    timeoutMs,
    keepsConnection: true,
    headers: { accept: 'application/json, text/plain' },
  });
  if (!answer.ok) return answer;
  if (answer.status !== 200) {
    return soft(`${url}: neither /colibri/stats nor /metrics (${answer.status}) is to be had`);
  }
  return parseBridgeMetrics(answer.body, metrics, readAt);
}
