import { health } from '../../common/health.ts';
import { type Address, urlToReach } from '../../haproxy/config/address.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { orchestratorsOf, processNames } from '../../orchestrator/local-fleet/fleet-processes.ts';
import { ask } from '../../shards/probes/ask.ts';
import type { Reached } from './doctor-view.ts';

const timeoutMs = 2_000;

/** Every process of usher's own that serves HTTP, by name. */
export function usherProcesses(fleet: Fleet): { name: string; address: Address }[] {
  return [
    ...fleet.proxies.map(({ name, agent }) => ({ name: processNames.agent(name), address: agent.http })),
    ...orchestratorsOf(fleet).map(({ name, api }) => ({ name, address: api })),
  ];
}

/** Which version a process of usher's own is. */
export async function askHealth(
  address: Address,
  signal: AbortSignal,
): Promise<Reached<{ version: string }>> {
  const url = `${urlToReach(address)}/health`;
  const answer = await ask(url, signal, { timeoutMs });
  if (!answer.ok) return answer;
  if (answer.status !== 200) return { ok: false, reason: `${url}: status ${answer.status}, expected 200` };
  try {
    return { ok: true, value: health.parse(JSON.parse(answer.body)) };
  } catch {
    return { ok: false, reason: `${url}: not usher's answer: ${answer.body.slice(0, 80)}` };
  }
}
