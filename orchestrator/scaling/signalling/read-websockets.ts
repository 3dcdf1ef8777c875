import { agentSessions } from '../../../haproxy/agent/status.ts';
import { askAgent } from '../../api/ask-agent.ts';
import type { Control } from '../../control/control.ts';

/**
 * Connections to every shard through all proxies, by incarnation. Undefined when one of them does not say: its part is
 * not known, and could be all.
 */
export async function readWebsockets({
  table,
}: Pick<Control, 'table'>): Promise<ReadonlyMap<string, number> | undefined> {
  const agents = [...(await table.agents()).values()];
  const answers = await Promise.all(agents.map(({ http }) => askAgent(http, '/v1/sessions', agentSessions)));
  const total = new Map<string, number>();
  for (const answer of answers) {
    if (!answer.ok) return undefined;
    for (const [incarnation, sessions] of Object.entries(answer.value.sessions)) {
      total.set(incarnation, (total.get(incarnation) ?? 0) + sessions);
    }
  }
  return agents.length === 0 ? undefined : total;
}
