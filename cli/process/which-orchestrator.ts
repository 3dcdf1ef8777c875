import { UsageError } from '../../common/errors.ts';
import { type Address, address, hostPort } from '../../haproxy/config/address.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import { orchestratorsOf } from '../../orchestrator/local-fleet/fleet-processes.ts';

/** The flags of `usher orchestrator`. */
export interface OrchestratorFlags {
  readonly api?: string;
  readonly name?: string;
}

/** Which of a fleet's orchestrators a process is. */
export interface WhichOrchestrator {
  readonly name: string;
  /** Where others reach its API. */
  readonly api: Address;
  /** Where the API listens, if elsewhere. */
  readonly listen?: Address;
}

/**
 * On one machine the fleet file names all orchestrators, and `--api` one of them. In Kubernetes pods come and go: each
 * says its name and its address, and listens as the fleet file says, also for who is forwarded into the pod.
 *
 * @throws UsageError when the flags don't fit the fleet file
 */
export function whichOrchestrator(fleet: Fleet, { name, api }: OrchestratorFlags): WhichOrchestrator {
  if (fleet.driver === 'kubernetes') return inPod(fleet, name, api);
  if (name !== undefined) {
    throw new UsageError('--name: only for driver: kubernetes; here --api names the orchestrator');
  }
  const all = orchestratorsOf(fleet);
  const self = api === undefined && all.length === 1 ? all[0] : all.find((one) => hostPort(one.api) === api);
  if (self) return self;
  const allowed = fleet.orchestrator.api.map(hostPort).join(', ');
  throw new UsageError(`--api: expected one of ${allowed}; found ${api ? `"${api}"` : 'none'}`);
}

function inPod(fleet: Fleet, name = '', api = ''): WhichOrchestrator {
  const [listen] = fleet.orchestrator.api;
  const { data, error } = address.safeParse(api);
  if (data && listen && /^[a-z0-9.-]+$/.test(name)) return { name, api: data, listen };
  const wrong = error ? `--api: ${error.issues[0]?.message}; found "${api}"` : `--name: found "${name}"`;
  throw new UsageError(
    `${wrong}; with driver: kubernetes give this pod's address and name, as in ` +
      '--api 10.1.2.3:8700 --name orchestrator-0',
  );
}
