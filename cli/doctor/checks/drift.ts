import { agentDiff, agentStatus } from '../../../haproxy/agent/status.ts';
import { hostPort } from '../../../haproxy/config/address.ts';
import type { ProxySettings } from '../../../haproxy/config/schema.ts';
import { askAgent } from '../../../orchestrator/api/ask-agent.ts';
import type { Check } from '../check.ts';
import { error, type Finding, warn } from '../finding.ts';

/** An agent looks twice, half a second apart, and reads the whole table each time. */
const diffTimeoutMs = 15_000;

/** Does every proxy hold what the stick table says? */
export const driftCheck: Check = {
  name: 'drift',
  about: 'every proxy is in step with the stick table',
  live: true,
  async run({ fleet }) {
    return (await Promise.all(fleet.proxies.map(judgeProxy))).flat();
  },
};

async function judgeProxy({ name, agent }: ProxySettings): Promise<Finding[]> {
  const http = hostPort(agent.http);
  const status = await askAgent(http, '/v1/status', agentStatus);
  if (!status.ok) return [warn(name, `not compared: ${status.reason}`, 'see the check sockets')];
  const { inStep, haproxy } = status.value;
  if (!inStep) {
    const what = `its agent has not brought HAProxy ${haproxy ? `(pid ${haproxy.pid})` : ', which does not answer,'} in step`;
    return [error(name, what, `see agent.${name}.log; changes of shards and buckets wait for it`)];
  }
  const diff = await askAgent(http, '/v1/diff', agentDiff, { timeoutMs: diffTimeoutMs });
  if (!diff.ok) return [warn(name, `not compared: ${diff.reason}`, 'see the checks redis and sockets')];
  const [first] = diff.value;
  if (!first) return [];
  const { map, key, where, expected, found } = first;
  const what = `${diff.value.length} entries differ, the first in ${map} of its ${where}: ${key} is ${found ?? 'missing'}, expected ${expected ?? 'nothing'}`;
  return [warn(name, what, `its agent repairs it within 5 minutes; \`usher proxy diff ${name}\` shows all`)];
}
