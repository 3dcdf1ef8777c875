import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pick } from '../../../common/random.ts';
import { processNames } from '../../../orchestrator/local-fleet/fleet-processes.ts';
import { proxyNames } from '../world.ts';
import type { Fault } from './fault.ts';

const minuteMs = 60_000;
const stepsMs = [-60 * minuteMs, -minuteMs, minuteMs, 60 * minuteMs];

/** The clock of an agent or of an orchestrator is set, and set back. */
export const clockStep: Fault = {
  kind: 'clock-step',
  lasts: true,
  async aim(world, random) {
    const { processes } = world.running;
    const orchestrators = processes.list().flatMap(({ name }) => (/^orchestrator/.test(name) ? name : []));
    const name = pick(random, [...proxyNames(world).map(processNames.agent), ...orchestrators]);
    const step = pick(random, stepsMs);
    const pid = processes.find(name)?.pid;
    if (pid === undefined) return undefined;
    const file = join(world.clocks, String(pid));
    return {
      target: `${name}, by ${step / minuteMs} min`,
      blame: {},
      async inject() {
        await writeFile(file, String(step));
        return () => rm(file, { force: true });
      },
    };
  },
};
