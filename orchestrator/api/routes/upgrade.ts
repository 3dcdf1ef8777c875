import type { FastifyInstance } from 'fastify';
import type { Control } from '../../control/control.ts';
import { changeUpgrade, startUpgrade } from '../../upgrade/change-upgrade.ts';
import { viewUpgrade } from '../../upgrade/view-upgrade.ts';
import { actorOf } from '../actor.ts';
import { readRequest } from '../read-request.ts';
import { recordCommand } from '../record-command.ts';
import { upgradeBody, upgradeWordBody } from '../schema/upgrade.ts';

/** The upgrade of shards to another version. */
export function addUpgradeRoutes(server: FastifyInstance, control: Control): void {
  server.get('/v1/upgrade', () => viewUpgrade(control));

  server.post('/v1/upgrade', async (request) => {
    const { dryRun, ...wish } = readRequest(upgradeBody, request.body);
    const asked = { actor: actorOf(request), action: 'upgrade.start', inputs: wish, dryRun };
    return recordCommand(control.audit, asked, () => startUpgrade(control, wish, dryRun));
  });

  server.post('/v1/upgrade/word', async (request) => {
    const { word, dryRun } = readRequest(upgradeWordBody, request.body);
    const asked = { actor: actorOf(request), action: `upgrade.${word}`, dryRun };
    return recordCommand(control.audit, asked, () => changeUpgrade(control, word, dryRun));
  });
}
