import type { AgentRecord, OperationRecord } from '../../../haproxy/stick-table/records.ts';
import { StickTable } from '../../../haproxy/stick-table/stick-table.ts';
import type { Check } from '../check.ts';
import { error, type Finding, warn } from '../finding.ts';
import { reachRedis } from '../reach-redis.ts';

/** Beside G, which an operation waits for at most twice: acknowledgements, censuses, a slow machine. */
const spareMs = 60_000;

/** Does every change come to its end? By Redis itself, so that it is told without an orchestrator too. */
export const operationsCheck: Check = {
  name: 'operations',
  about: 'no change is stuck',
  live: true,
  async run({ fleet }, signal) {
    const answer = await reachRedis(fleet.redis, signal, async (connection) => {
      const table = new StickTable(connection, fleet.name);
      return judgeOperations(await table.operations(), await table.agents(), {
        now: Date.now(),
        patienceMs: 2 * fleet.timings.graceMs + spareMs,
      });
    });
    return answer.ok ? answer.value : [];
  },
};

/** What is stuck, and who is waited for. */
export function judgeOperations(
  operations: ReadonlyMap<string, OperationRecord>,
  agents: ReadonlyMap<string, AgentRecord>,
  { now, patienceMs }: { now: number; patienceMs: number },
): Finding[] {
  const stuck = [...operations].filter(([, { startedAt }]) => now - startedAt > patienceMs);
  return stuck.map(([id, { kind, phase, acks, startedAt }]) => {
    const silent = [...agents.keys()].filter((agent) => !acks[agent]);
    const minutes = Math.round((now - startedAt) / 60_000);
    const what = `a ${kind} is in phase ${phase} after ${minutes} min`;
    if (silent.length === 0) {
      return warn(
        id,
        `${what}, acknowledged by all`,
        'see the checks shards and processes: it waits for censuses',
      );
    }
    const who = silent
      .map((agent) => `${agent}${isAway(agents.get(agent), now) ? ' (away)' : ''}`)
      .join(', ');
    return error(
      id,
      `${what}, not acknowledged by ${who}`,
      'bring its agent and HAProxy back: see the checks sockets and drift',
    );
  });
}

/** An agent renews its record every second. */
function isAway(agent: AgentRecord | undefined, now: number): boolean {
  return agent === undefined || now - agent.at > 10_000;
}
