import { UsherError } from '../../../common/errors.ts';
import { usherVersion } from '../../../common/version.ts';
import { agentStatus } from '../../../haproxy/agent/status.ts';
import { hostPort } from '../../../haproxy/config/address.ts';
import { readHaproxyVersion } from '../../../haproxy/config/version.ts';
import { askAgent } from '../../../orchestrator/api/ask-agent.ts';
import { checkPrograms } from '../../../orchestrator/local-fleet/check-programs.ts';
import { askHealth, usherProcesses } from '../ask-health.ts';
import type { Check } from '../check.ts';
import type { DoctorView } from '../doctor-view.ts';
import { error, type Finding, warn } from '../finding.ts';
import { reachRedis, redisName } from '../reach-redis.ts';

/** What is used of Redis (architecture.md) is in 6.2; Node runs the TypeScript as it stands from 24 on. */
const oldestRedis = [6, 2] as const;
const oldestNode = [24, 0] as const;

/** Are all programs new enough, and all of usher's processes one version? */
export const versionsCheck: Check = {
  name: 'versions',
  about: 'programs are new enough, and what runs is what is installed',
  live: false,
  async run(view, signal) {
    const node = judgeVersion('Node', process.versions.node, oldestNode, 'scripts/setup.sh installs one');
    const programs = await checkPrograms(signal).then(
      () => [],
      (fault: unknown) => {
        if (!(fault instanceof UsherError)) throw fault;
        return [error('this machine', fault.message, 'npm run setup')];
      },
    );
    const running = await Promise.all([usherVersions(view, signal), haproxyVersions(view, signal)]);
    return [...node, ...programs, ...running.flat(), ...(await redisVersion(view, signal))];
  },
};

/** Nothing when `found` is `oldest` or newer. */
export function judgeVersion(
  program: string,
  found: string,
  [major, minor]: readonly [number, number],
  doThis: string,
): Finding[] {
  const [foundMajor = 0, foundMinor = 0] = found.split('.').map(Number);
  if (foundMajor > major || (foundMajor === major && foundMinor >= minor)) return [];
  return [error(program, `is ${found}: ${major}.${minor} or newer is needed`, doThis)];
}

async function usherVersions({ fleet }: DoctorView, signal: AbortSignal): Promise<Finding[]> {
  const asked = usherProcesses(fleet).map(async ({ name, address }) => {
    const answer = await askHealth(address, signal);
    // One that does not answer is the sockets' matter.
    if (!answer.ok || answer.value.version === usherVersion) return [];
    const what = `runs usher ${answer.value.version}, and this is ${usherVersion}`;
    return [warn(name, what, 'end that process: the supervisor starts it anew, in this version')];
  });
  return (await Promise.all(asked)).flat();
}

async function haproxyVersions({ fleet }: DoctorView, signal: AbortSignal): Promise<Finding[]> {
  const installed = await readHaproxyVersion('haproxy', signal).catch(() => undefined);
  const asked = fleet.proxies.map(async ({ name, agent }) => {
    const answer = await askAgent(hostPort(agent.http), '/v1/status', agentStatus);
    const running = answer.ok ? answer.value.haproxy?.version : undefined;
    if (!installed || !running || running === `${installed.major}.${installed.minor}`) return [];
    const what = `runs HAProxy ${running}, and ${installed.text} is installed`;
    return [warn(name, what, 'its next restart changes the version: do it when you can watch it')];
  });
  return (await Promise.all(asked)).flat();
}

async function redisVersion({ fleet }: DoctorView, signal: AbortSignal): Promise<Finding[]> {
  const answer = await reachRedis(fleet.redis, signal, ({ redis }) => redis.info('server'));
  const found = answer.ok ? /^redis_version:(\S+)/m.exec(answer.value)?.[1] : undefined;
  return found === undefined ? [] : judgeVersion(redisName(fleet.redis), found, oldestRedis, 'upgrade Redis');
}
