import { fleetProcesses, processNames } from '../../../orchestrator/local-fleet/fleet-processes.ts';
import { lastWords } from '../../../orchestrator/local-fleet/last-words.ts';
import { ownRedis } from '../../../orchestrator/local-fleet/own-redis.ts';
import { redisNodes, redisSentinels } from '../../../orchestrator/local-fleet/redis-servers.ts';
import { ProcessDirectory } from '../../../shards/local/process/process-directory.ts';
import { usherCommand } from '../../process/usher-command.ts';
import type { Check } from '../check.ts';
import { isUp } from '../doctor-view.ts';
import { error, type Finding } from '../finding.ts';

/** Does everything run that the fleet consists of? */
export const processesCheck: Check = {
  name: 'processes',
  about: 'everything runs that the fleet on this machine consists of',
  live: false,
  async run(view) {
    const { fleet, folder, paths, running } = view;
    if (!isUp(view)) {
      const what = 'nothing of it runs, so only files, programs and ports were looked at';
      return [error(`fleet ${fleet.name}`, what, '`usher up` starts it')];
    }
    // A fleet that is up, but elsewhere.
    if (running.length === 0) return [];
    const isSupervised = running.includes(processNames.supervisor);
    const own = ownRedis(fleet);
    const redis = own ? [...redisNodes(own, paths), ...redisSentinels(own, paths)] : [];
    const wanted = [...redis, ...fleetProcesses(fleet, folder, paths, usherCommand)].map(({ name }) => name);
    const processes = new ProcessDirectory(paths.state);
    const findings = wanted
      .filter((name) => !running.includes(name))
      .map((name): Finding => {
        const words = lastWords(processes, name).join(' | ');
        const next = isSupervised ? 'the supervisor starts it again' : '`usher up` starts a new supervisor';
        return error(
          name,
          `does not run; last words: ${words || 'none'}`,
          `${next}; its log: ${processes.logFile(name)}`,
        );
      });
    if (isSupervised) return findings;
    const what = 'does not run: nothing that dies is started again';
    return [
      error(processNames.supervisor, what, '`usher up` starts a new one, and meetings go on'),
      ...findings,
    ];
  },
};
