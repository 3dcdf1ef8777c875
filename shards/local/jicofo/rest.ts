import { z } from 'zod';
import { renderMetrics } from '../simulator/metrics.ts';
import { json, type Routes } from '../simulator/rest.ts';
import type { JicofoConfig } from './config.ts';
import type { Jicofo } from './jicofo.ts';
import { jicofoMetrics, jicofoStats } from './stats.ts';

/** Jicofo's REST, as far as clients, usher and its tests call it. */
export function jicofoRoutes(jicofo: Jicofo, config: JicofoConfig): Routes {
  const { conferenceDomain, user, domain } = config.xmpp;
  const requestSchema = z.object({
    room: z
      .string()
      .toLowerCase()
      .regex(/^[^@/\s]+@[^@/\s]+$/),
  });

  const routes: Routes = {
    'POST /conference-request/v1': async ({ body }) => {
      const { room } = requestSchema.parse(body);
      if (!room.endsWith(`@${conferenceDomain}`))
        throw new Error(`${room} is not a room of ${conferenceDomain}`);
      await jicofo.request(room);
      return json({ room, ready: true, focusJid: `${user}@${domain}`, properties: {} });
    },
    'GET /stats': () => json(jicofoStats(jicofo.snapshot())),
    'GET /debug/conferences': () => json(jicofo.snapshot().conferences.map(({ room }) => room)),
    'GET /debug/conferences-full': () =>
      json(Object.fromEntries(jicofo.snapshot().conferences.map(({ room, ...state }) => [room, state]))),
    'GET /metrics': ({ accept }) => renderMetrics('jitsi_jicofo', jicofoMetrics(jicofo.snapshot()), accept),
    'GET /about/version': () => json({ name: 'JICOFO', version: config.version, os: 'usher simulator' }),
  };
  if (config.healthChecks) {
    routes['GET /about/health'] = () => {
      const { status, message } = jicofo.health();
      return { status, contentType: 'text/plain', body: message };
    };
  }
  return routes;
}
