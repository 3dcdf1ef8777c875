import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { usherCommand } from '../../../fleet/running-fleet.ts';
import { expand } from '../../kubelet/environment.ts';
import type { Runner } from '../../kubelet/runners/runner.ts';

/**
 * Runs the real `usher orchestrator` for the pods of its Deployment, with the arguments that their manifest gives.
 *
 * @param kubeconfig file with the credentials of the pods' ServiceAccount
 */
export function orchestratorRunner(kubeconfig: string): Runner {
  return ({ container, environment, podIp, directory, mounts }) => {
    const [mounted = '', source = ''] =
      Object.entries(mounts).find(([path]) => path.endsWith('/usher')) ?? [];
    const folder = join(directory, 'usher');
    mkdirSync(folder, { recursive: true });
    // All pods share one network here, in which only one of them can listen on every address.
    const fleet = readFileSync(join(source, 'fleet.yaml'), 'utf8').replace('0.0.0.0', podIp);
    writeFileSync(join(folder, 'fleet.yaml'), fleet);
    const words = (container.args ?? []).map((word) => expand(word, environment).replace(mounted, folder));
    const [command, ...first] = usherCommand;
    return {
      name: container.name,
      command,
      args: [...first, ...words],
      env: { ...environment, KUBECONFIG: kubeconfig },
    };
  };
}
