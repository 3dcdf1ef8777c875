import { z } from 'zod';
import { simulatorProcess } from '../../../../shards/local/driver-simulator.ts';
import type { ProcessSpec } from '../../../../shards/local/process/process-directory.ts';
import { type ContainerToRun, readEnvironment, tagOf } from './runner.ts';
import { xmppAccount, xmppEnvironment } from './xmpp-account.ts';

const jicofoEnvironment = xmppEnvironment.extend({
  XMPP_MUC_DOMAIN: z.string().min(1),
  JICOFO_AUTH_PASSWORD: z.string().min(1),
  JICOFO_ENABLE_HEALTH_CHECKS: z.string().optional(),
  JICOFO_OCTO_REGION: z.string().optional(),
  // The simulator always serves it.
  JICOFO_ENABLE_REST: z.enum(['1', 'true']),
});

/** The simulated Jicofo, with its REST on port 8888 of the pod. */
export function runJicofo(run: ContainerToRun): ProcessSpec {
  const environment = readEnvironment(jicofoEnvironment, run.environment);
  const account = xmppAccount(run, environment, 'focus', environment.JICOFO_AUTH_PASSWORD);
  const config = {
    shard: run.namespace,
    region: environment.JICOFO_OCTO_REGION,
    restHost: run.podIp,
    xmpp: { ...account, conferenceDomain: environment.XMPP_MUC_DOMAIN },
    healthChecks: ['1', 'true'].includes(environment.JICOFO_ENABLE_HEALTH_CHECKS ?? ''),
    version: tagOf(run.container.image ?? ''),
  };
  return simulatorProcess(run.directory, { kind: 'jicofo', name: 'jicofo', restPort: 8888, config });
}
