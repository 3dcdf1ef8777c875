import { messageOf } from '../../../common/errors.ts';
import { hostPort } from '../../../haproxy/config/address.ts';
import { listeners } from '../../../orchestrator/fleet/rules.ts';
import { checkPorts } from '../../../orchestrator/local-fleet/check-ports.ts';
import { ownRedis } from '../../../orchestrator/local-fleet/own-redis.ts';
import { portOwner } from '../../../orchestrator/local-fleet/port-owner.ts';
import type { Check } from '../check.ts';
import type { DoctorView } from '../doctor-view.ts';
import { error, type Finding } from '../finding.ts';

/** Does the fleet, and nobody else, listen where its file says? */
export const portsCheck: Check = {
  name: 'ports',
  about: 'the fleet, and nobody else, listens where its file says',
  live: false,
  async run(view) {
    if (view.running.length > 0) return listening(view);
    // A fleet that is up, but elsewhere.
    if (view.status.ok) return [];
    return checkPorts(view.fleet, view.folder).then(
      () => [],
      (fault: unknown) => [error(view.folder, messageOf(fault), 'before `usher up`')],
    );
  },
};

async function listening({ fleet }: DoctorView): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [path, address] of listeners(fleet)) {
    if (path[0] === 'redis' && !ownRedis(fleet)) continue;
    const owner = await portOwner(address.port);
    const program = programOf(path);
    if (owner?.startsWith(program)) continue;
    const where = `${path.join('.')} ${hostPort(address)}`;
    if (owner === undefined) findings.push(error(where, 'nobody listens', 'see the check processes'));
    else
      findings.push(error(where, `${owner} listens, and not ${program}`, 'end it, or change the fleet file'));
  }
  return findings;
}

/** What listens at that place of the fleet file. */
function programOf(path: readonly (string | number)[]): string {
  if (path[0] === 'redis') return 'redis-';
  return path[0] === 'proxies' && (path[2] === 'bind' || path[2] === 'stats') ? 'haproxy' : 'node';
}
