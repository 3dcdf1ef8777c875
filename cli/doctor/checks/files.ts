import { statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../common/errors.ts';
import { readFleetShards } from '../../../orchestrator/fleet/read-fleet.ts';
import { processNames } from '../../../orchestrator/local-fleet/fleet-processes.ts';
import { ProcessDirectory } from '../../../shards/local/process/process-directory.ts';
import type { Check } from '../check.ts';
import type { DoctorView } from '../doctor-view.ts';
import { error, type Finding, warn } from '../finding.ts';

/** Can the fleet's files be read, and does what runs go by them? */
export const filesCheck: Check = {
  name: 'files',
  about: 'fleet file, overlays and state can be read, and are those that run',
  live: false,
  async run(view) {
    const findings: Finding[] = [];
    try {
      await readFleetShards(view.folder, view.fleet);
    } catch (fault) {
      findings.push(
        error(view.folder, messageOf(fault), 'correct it: until then the last good overlays stand'),
      );
    }
    if (!view.shards.ok) {
      findings.push(error(view.paths.state, view.shards.reason, 'correct or delete that file'));
    }
    return [...findings, ...newerThanFleet(view)];
  },
};

/** The fleet file is read at start only. */
function newerThanFleet({ folder, paths, running }: DoctorView): Finding[] {
  const file = join(folder, 'fleet.yaml');
  if (!running.includes(processNames.supervisor)) return [];
  const started = new ProcessDirectory(paths.state).find(processNames.supervisor)?.startedAt;
  if (started === undefined || statSync(file).mtimeMs <= started) return [];
  const what = 'it was changed after the fleet was started, and is read at start only';
  return [warn(file, what, 'put it back, or `usher down` and `usher up` when meetings may end')];
}
