import { z } from 'zod';
import type { ProcessSpec } from '../../../../shards/local/process/process-directory.ts';
import { prosodyProcess } from '../../../../shards/local/prosody/prosody.ts';
import { domainsEnvironment, domainsOf } from './domains.ts';
import { type ContainerToRun, readEnvironment } from './runner.ts';

const prosodyEnvironment = z.object({
  ...domainsEnvironment.shape,
  JICOFO_AUTH_PASSWORD: z.string().min(1),
  JVB_AUTH_USER: z.string().default('jvb'),
  JVB_AUTH_PASSWORD: z.string().min(1),
  PROSODY_HTTP_PORT: z.coerce.number().default(5280),
  /** Lines of configuration, with commas between them. */
  XMPP_CONFIGURATION: z.string().default(''),
  // Ours always has the census.
  GLOBAL_MODULES: z.string().regex(/\bmuc_census\b/),
});

/** A real Prosody with the modules of local shards, on port 5222 of the pod and its HTTP port. */
export function runProsody(run: ContainerToRun): ProcessSpec {
  const environment = readEnvironment(prosodyEnvironment, run.environment);
  return prosodyProcess({
    shard: configured(environment.XMPP_CONFIGURATION, 'shard_name'),
    region: configured(environment.XMPP_CONFIGURATION, 'region_name'),
    domains: domainsOf(environment),
    directory: run.directory,
    host: run.podIp,
    c2sPort: 5222,
    httpPort: environment.PROSODY_HTTP_PORT,
    users: {
      focus: environment.JICOFO_AUTH_PASSWORD,
      [environment.JVB_AUTH_USER]: environment.JVB_AUTH_PASSWORD,
    },
  });
}

function configured(configuration: string, key: string): string {
  return new RegExp(`\\b${key}\\s*=\\s*["']([^"']*)["']`).exec(configuration)?.[1] ?? '';
}
