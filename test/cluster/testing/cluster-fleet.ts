import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Outcome, type RunningUsher, startUsher, usher } from '../../../cli/testing/usher.ts';
import { type ControlPlane, startControlPlane } from '../control-plane.ts';

/** The folder of a fleet of driver kubernetes with one shard, eu-1, as `usher init` makes it, and a cluster for it. */
export interface ClusterFleet {
  readonly controlPlane: ControlPlane;
  readonly folder: string;
  /** Runs a command line for this fleet, in this process. */
  run(...words: string[]): Promise<Outcome>;
  /** The same as a program of its own. */
  start(...words: string[]): RunningUsher;
  end(): Promise<void>;
}

/** Starts the control plane, with more flags for its API server, and makes the folder. */
export async function startClusterFleet(apiServerArgs: readonly string[] = []): Promise<ClusterFleet> {
  const root = await mkdtemp(join(tmpdir(), 'usher-cluster-fleet-'));
  const controlPlane = await startControlPlane(undefined, apiServerArgs);
  const kubeconfig = join(root, 'kubeconfig');
  await writeFile(kubeconfig, controlPlane.adminKubeconfig, { mode: 0o600 });
  const before = process.env.KUBECONFIG;
  process.env.KUBECONFIG = kubeconfig;
  const folder = join(root, 'kustomize/overlays/prod');
  const flags = ['--name', 'prod', '--public-url', 'https://meet.example.org'];
  const made = await usher(['init', join(root, 'kustomize'), ...flags]);
  if (made.code !== 0) throw new Error(made.stderr);
  return {
    controlPlane,
    folder,
    run: (...words) => usher([...words, '--fleet', folder]),
    start: (...words) => startUsher([...words, '--fleet', folder]),
    end: async () => {
      if (before === undefined) delete process.env.KUBECONFIG;
      else process.env.KUBECONFIG = before;
      await controlPlane.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}
