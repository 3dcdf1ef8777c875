import type { z } from 'zod';
import { ownHealth } from '../../common/health.ts';
import { hostPort, reachable } from '../../haproxy/config/address.ts';
import type { Control } from '../control/control.ts';
import { askAgent } from './ask-agent.ts';
import { health, type OrchestratorStatus } from './schema/fleet.ts';

/** What this orchestrator says of itself. */
export function viewHealth({ election }: Control): z.infer<typeof health> {
  return { ...ownHealth, leads: election.leads(), leader: election.leader()?.api ?? null };
}

/** Every orchestrator that the fleet file names, by their own words. */
export function viewOrchestrators({ fleet, election, api: own }: Control): Promise<OrchestratorStatus[]> {
  return Promise.all(
    fleet.orchestrator.api.map(async (address): Promise<OrchestratorStatus> => {
      const api = hostPort(address);
      if (api === hostPort(own)) return { api, state: stateOf(election.leads()), reason: '' };
      const answer = await askAgent(hostPort(reachable(address)), '/health', health);
      if (!answer.ok) return { api, state: 'away', reason: answer.reason };
      return { api, state: stateOf(answer.value.leads), reason: '' };
    }),
  );
}

function stateOf(leads: boolean): OrchestratorStatus['state'] {
  return leads ? 'leads' : 'stands by';
}
