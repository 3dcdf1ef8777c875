import { z } from 'zod';
import { simulatorProcess } from '../../../../shards/local/driver-simulator.ts';
import type { ProcessSpec } from '../../../../shards/local/process/process-directory.ts';
import { type ContainerToRun, readEnvironment, tagOf } from './runner.ts';
import { xmppAccount, xmppEnvironment } from './xmpp-account.ts';

const jvbEnvironment = xmppEnvironment.extend({
  JVB_AUTH_USER: z.string().default('jvb'),
  JVB_AUTH_PASSWORD: z.string().min(1),
  JVB_MUC_NICKNAME: z.string().optional(),
  JVB_OCTO_REGION: z.string().default(''),
  // The simulator always serves it.
  COLIBRI_REST_ENABLED: z.literal('true'),
});

/** The simulated bridge, with its REST on port 8080 of the pod. */
export function runJvb(run: ContainerToRun): ProcessSpec {
  const environment = readEnvironment(jvbEnvironment, run.environment);
  const config = {
    shard: run.namespace,
    region: environment.JVB_OCTO_REGION,
    name: environment.JVB_MUC_NICKNAME ?? run.podName,
    restHost: run.podIp,
    xmpp: xmppAccount(run, environment, environment.JVB_AUTH_USER, environment.JVB_AUTH_PASSWORD),
    version: tagOf(run.container.image ?? ''),
  };
  return simulatorProcess(run.directory, { kind: 'bridge', name: 'jvb', restPort: 8080, config });
}
