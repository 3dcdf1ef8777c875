import type { FastifyInstance } from 'fastify';
import type { Control } from '../../control/control.ts';
import { actorOf } from '../actor.ts';
import { assertShardsKept } from '../assert-known.ts';
import { changeBridge, findBridge } from '../change-bridge.ts';
import { namePath, readRequest } from '../read-request.ts';
import { recordCommand } from '../record-command.ts';
import { bridgeBody, bridgesQuery } from '../schema/bridges.ts';
import { viewBridges } from '../view-bridges.ts';

/** What an operator does who wants a bridge so. */
const verbs = { drained: 'drain', removed: 'remove', cut: 'cut', open: 'undrain' } as const;

/** Bridges, and what operators want of them. */
export function addBridgeRoutes(server: FastifyInstance, control: Control): void {
  server.get('/v1/bridges', async (request) => {
    assertShardsKept(control);
    return viewBridges(control, readRequest(bridgesQuery, request.query).shard);
  });

  server.post('/v1/bridges/:name/word', async (request) => {
    const { name } = readRequest(namePath, request.params);
    const { word, dryRun } = readRequest(bridgeBody, request.body);
    assertShardsKept(control);
    const { shard } = findBridge(control, name);
    const action = `bridge.${verbs[word]}`;
    const asked = { actor: actorOf(request), action, shards: [shard], inputs: { bridges: [name] }, dryRun };
    return recordCommand(control.audit, asked, () => changeBridge(control, name, word, dryRun));
  });
}
