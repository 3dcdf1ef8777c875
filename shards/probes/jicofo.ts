import { ask } from './ask.ts';
import { readJicofoStats } from './jicofo-stats.ts';
import { hard, type Probe, soft } from './probe.ts';

/**
 * Whether Jicofo can start conferences: its own health check, then at least one operational bridge.
 * Jicofo says 503 for what may pass and 500 for what won't; it has health checks only with
 * `JICOFO_ENABLE_HEALTH_CHECKS=1`.
 * @param url Jicofo's REST address without path.
 */
export async function probeJicofo(url: string, signal: AbortSignal): Promise<Probe> {
  const health = await ask(`${url}/about/health`, signal);
  if (!health.ok) return health;
  if (health.status !== 200) return unhealthy(`${url}/about/health`, health.status, health.body);
  const stats = await readJicofoStats(url, signal);
  if (!stats.ok) return stats;
  if (stats.operationalBridges === 0)
    return soft(`${url}/stats: none of ${stats.bridges} bridges is operational`);
  return { ok: true };
}

function unhealthy(url: string, status: number, body: string): Probe {
  const said = body.trim() === '' ? '' : `: ${body.trim().slice(0, 200)}`;
  switch (status) {
    case 503:
      return soft(`${url}: status 503${said}`);
    case 404:
      return hard(`${url}: status 404; Jicofo needs JICOFO_ENABLE_HEALTH_CHECKS=1`);
    default:
      return hard(`${url}: status ${status}${said}`);
  }
}
