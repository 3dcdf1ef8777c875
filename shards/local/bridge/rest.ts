import { z } from 'zod';
import { renderMetrics } from '../simulator/metrics.ts';
import { json, type Routes } from '../simulator/rest.ts';
import type { Bridge } from './bridge.ts';
import { bridgeMetrics, bridgeStats } from './stats.ts';

/** The JVB takes the flag as a boolean or as its text. */
const shutdownSchema = z.object({
  'graceful-shutdown': z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]),
});

/** The JVB's private REST, as far as usher and its tests call it. */
export function bridgeRoutes(bridge: Bridge): Routes {
  return {
    'GET /colibri/stats': () => json(bridgeStats(bridge.measured)),
    'GET /colibri/drain': () => json({ drain: bridge.draining }),
    'POST /colibri/drain/enable': () => {
      bridge.draining = true;
      return {};
    },
    'POST /colibri/drain/disable': () => {
      bridge.draining = false;
      return {};
    },
    'POST /colibri/shutdown': ({ body }) => {
      bridge.shutdown(shutdownSchema.parse(body)['graceful-shutdown']);
      return {};
    },
    'GET /metrics': ({ accept }) => renderMetrics('jitsi_jvb', bridgeMetrics(bridge.snapshot()), accept),
    'GET /about/health': () => ({}),
    'GET /about/version': () =>
      json({ name: 'JVB', version: bridge.snapshot().version, os: 'usher simulator' }),
  };
}
