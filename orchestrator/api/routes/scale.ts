import type { FastifyInstance } from 'fastify';
import type { Control } from '../../control/control.ts';
import { everyShard } from '../../scaling/rules/scale-file.ts';
import { actorOf } from '../actor.ts';
import { assertShardsKept } from '../assert-known.ts';
import { changeScale } from '../change-scale.ts';
import { namePath, readRequest } from '../read-request.ts';
import { recordCommand } from '../record-command.ts';
import { scaleBody } from '../schema/scale.ts';
import { viewScale } from '../view-scale.ts';

/** How bridges are scaled, and what operators want of it. */
export function addScaleRoutes(server: FastifyInstance, control: Control): void {
  server.get('/v1/scale', async () => {
    assertShardsKept(control);
    return viewScale(control);
  });

  server.get('/v1/shards/:name/scale', async (request) => {
    assertShardsKept(control);
    const [view] = await viewScale(control, readRequest(namePath, request.params).name);
    return view;
  });

  server.post('/v1/scale', async (request) => {
    const body = readRequest(scaleBody, request.body);
    const { shard, change, dryRun } = body;
    const shards = shard === everyShard ? [] : [shard];
    const asked = { actor: actorOf(request), action: 'scale.set', shards, inputs: change, dryRun };
    return recordCommand(control.audit, asked, () => changeScale(control, body));
  });
}
