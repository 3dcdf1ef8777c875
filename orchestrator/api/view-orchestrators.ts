import type { z } from 'zod';
import { ownHealth } from '../../common/health.ts';
import { type Address, hostPort, reachable, splitHostPort } from '../../haproxy/config/address.ts';
import type { Control } from '../control/control.ts';
import { askAgent } from './ask-agent.ts';
import { health, type OrchestratorStatus } from './schema/fleet.ts';

/** What this orchestrator says of itself. */
export function viewHealth({ election }: Control): z.infer<typeof health> {
  return { ...ownHealth, leads: election.leads(), leader: election.leader()?.api ?? null };
}

/** Every orchestrator that is known, by their own words. */
export async function viewOrchestrators(control: Control): Promise<OrchestratorStatus[]> {
  const { election, api: own } = control;
  return Promise.all(
    (await knownAddresses(control)).map(async (address): Promise<OrchestratorStatus> => {
      const api = hostPort(address);
      if (api === hostPort(own)) return { api, state: stateOf(election.leads()), reason: '' };
      const answer = await askAgent(hostPort(reachable(address)), '/health', health);
      if (!answer.ok) return { api, state: 'away', reason: answer.reason };
      return { api, state: stateOf(answer.value.leads), reason: '' };
    }),
  );
}

/** Those that the fleet file names. Of pods it names none: there it is this one, who leads, and who told Redis. */
async function knownAddresses({ fleet, election, api: own, table }: Control): Promise<Address[]> {
  if (fleet.driver !== 'kubernetes') return fleet.orchestrator.api;
  // Without Redis the two that are known from elsewhere still are.
  const registered = await table.orchestrators().catch(() => []);
  const leader = election.leader()?.api ?? hostPort(own);
  return [...new Set([hostPort(own), leader, ...registered])].map(splitHostPort);
}

function stateOf(leads: boolean): OrchestratorStatus['state'] {
  return leads ? 'leads' : 'stands by';
}
