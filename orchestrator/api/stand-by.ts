import type { FastifyInstance } from 'fastify';
import { exitCodes } from '../../common/errors.ts';
import type { Control } from '../control/control.ts';
import { nobodyLeads } from './assert-known.ts';

const always = ['/health', '/metrics'];

/**
 * Answers 503 in place of an orchestrator that stands by, and names who leads: only the leader knows the censuses, and
 * only it may change anything. While nobody leads, what can be read is answered all the same, from the stick table as
 * this orchestrator last saw it: that is when an operator looks.
 */
export function standBy(server: FastifyInstance, { election }: Pick<Control, 'election'>): void {
  server.addHook('onRequest', async (request, reply) => {
    if (always.includes(request.url) || election.leads()) return;
    const leader = election.leader();
    if (!leader && request.method === 'GET') return;
    const message = leader
      ? `this orchestrator stands by; ${leader.name} leads: ask ${leader.api}`
      : nobodyLeads;
    const error = { message, exitCode: exitCodes.failure };
    await reply.code(503).send({ error, leader: leader?.api ?? null });
  });
}
