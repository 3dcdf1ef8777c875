import type { FastifyInstance } from 'fastify';
import type { Control } from '../../control/control.ts';
import { actorOf } from '../actor.ts';
import { assertFleetKnown, assertShardsKept } from '../assert-known.ts';
import { changeDesired, requestRemoval } from '../changes.ts';
import { namePath, readRequest } from '../read-request.ts';
import { recordCommand } from '../record-command.ts';
import { historyQuery } from '../schema/history.ts';
import { loadQuery } from '../schema/load.ts';
import { desiredBody, removeBody } from '../schema/shards.ts';
import { viewHistory } from '../view-history.ts';
import { viewLoad } from '../view-load.ts';
import { viewShard, viewShards } from '../view-shards.ts';

/** What an operator does who wants a shard so. */
const verbs = { active: 'uncordon', cordoned: 'cordon', draining: 'drain' } as const;

/** Shards, and what operators want of them. */
export function addShardRoutes(server: FastifyInstance, control: Control): void {
  server.get('/v1/shards', async () => {
    assertFleetKnown(control);
    return viewShards(control);
  });

  server.get('/v1/shards/:name', async (request) => {
    assertFleetKnown(control);
    return viewShard(control, readRequest(namePath, request.params).name);
  });

  server.get('/v1/shards/:name/load', async (request) => {
    const { name } = readRequest(namePath, request.params);
    const { hours } = readRequest(loadQuery, request.query);
    assertShardsKept(control);
    return viewLoad(control, name, hours);
  });

  server.get('/v1/shards/:name/history', async (request) => {
    const { name } = readRequest(namePath, request.params);
    const { weeks } = readRequest(historyQuery, request.query);
    assertShardsKept(control);
    return viewHistory(control, name, weeks);
  });

  server.post('/v1/shards/:name/desired', async (request) => {
    const { name } = readRequest(namePath, request.params);
    const change = readRequest(desiredBody, request.body);
    const { desired, dryRun, ...inputs } = change;
    const action = `shard.${verbs[desired]}`;
    const asked = { actor: actorOf(request), action, shards: [name], inputs, dryRun };
    return recordCommand(control.audit, asked, () => changeDesired(control, name, change));
  });

  server.post('/v1/shards/:name/remove', async (request) => {
    const { name } = readRequest(namePath, request.params);
    const removal = readRequest(removeBody, request.body ?? {});
    const { dryRun, ...inputs } = removal;
    const asked = { actor: actorOf(request), action: 'shard.remove', shards: [name], inputs, dryRun };
    return recordCommand(control.audit, asked, () => requestRemoval(control, name, removal));
  });
}
