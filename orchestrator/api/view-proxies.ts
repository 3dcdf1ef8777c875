import { UsageError, UsherError } from '../../common/errors.ts';
import { agentDiff, agentStatus } from '../../haproxy/agent/status.ts';
import type { Control } from '../control/control.ts';
import { askAgent } from './ask-agent.ts';
import type { ProxyDiff, ProxyStatus } from './schema/proxies.ts';

/** Every proxy with an agent in the registry, by name. */
export async function viewProxies(control: Control): Promise<ProxyStatus[]> {
  const agents = await control.table.agents();
  const statuses = await Promise.all(
    [...agents].map(async ([name, agent]): Promise<ProxyStatus> => {
      const answer = await askAgent(agent.http, '/v1/status', agentStatus);
      const known = { name, agent: agent.http, seenAt: new Date(agent.at).toISOString() };
      if (!answer.ok) {
        const nothing = { haproxy: null, entries: null, claims: null, reloads: null };
        return { ...known, inStep: false, error: answer.reason, ...nothing };
      }
      const { inStep, haproxy, entries, claims, reloads } = answer.value;
      return { ...known, inStep, error: null, haproxy, entries, claims, reloads };
    }),
  );
  return statuses.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where one proxy differs from the stick table. Throws UsageError for an unknown proxy. */
export async function diffOf(control: Control, proxy: string): Promise<ProxyDiff> {
  const agents = await control.table.agents();
  const agent = agents.get(proxy);
  if (!agent) {
    throw new UsageError(
      `there is no proxy ${proxy}; known: ${[...agents.keys()].toSorted().join(', ') || 'none'}`,
    );
  }
  const answer = await askAgent(agent.http, '/v1/diff', agentDiff);
  if (!answer.ok) throw new UsherError(`the agent of ${proxy} cannot compare: ${answer.reason}`);
  return { proxy, differences: answer.value };
}
