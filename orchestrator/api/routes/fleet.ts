import type { FastifyInstance } from 'fastify';
import type { Control } from '../../control/control.ts';
import { eventsQuery } from '../../events/schema.ts';
import { waitForEvents } from '../../events/wait-for-events.ts';
import { measureShards } from '../../scaling/measure/measure-shards.ts';
import { actorOf } from '../actor.ts';
import { forceRebuild } from '../force-rebuild.ts';
import { createOrchestratorMetrics } from '../metrics.ts';
import { namePath, readRequest } from '../read-request.ts';
import { recordCommand } from '../record-command.ts';
import { rebuildBody } from '../schema/fleet.ts';
import { viewFleet } from '../view-fleet.ts';
import { viewHealth } from '../view-orchestrators.ts';
import { diffOf, viewProxies } from '../view-proxies.ts';

/** The fleet as a whole: this orchestrator itself, proxies, the stick table, events. `closing` ends what waits. */
export function addFleetRoutes(server: FastifyInstance, control: Control, closing: AbortSignal): void {
  server.get('/health', async () => viewHealth(control));

  const metrics = createOrchestratorMetrics(control, () => measureShards(control, Date.now()));
  server.get('/metrics', async (_request, reply) => {
    reply.type('text/plain; version=0.0.4');
    return metrics.text();
  });

  server.get('/v1/status', () => viewFleet(control));

  server.get('/v1/proxies', () => viewProxies(control));

  server.get('/v1/proxies/:name/diff', (request) =>
    diffOf(control, readRequest(namePath, request.params).name),
  );

  server.post('/v1/table/rebuild', async (request) => {
    const { dryRun } = readRequest(rebuildBody, request.body);
    const asked = { actor: actorOf(request), action: 'table.force-rebuild', dryRun };
    return recordCommand(control.audit, asked, async () => forceRebuild(control, dryRun));
  });

  server.get('/v1/events', (request) =>
    waitForEvents(control.table, readRequest(eventsQuery, request.query), closing),
  );
}
