import { z } from 'zod';
import type { ContainerToRun } from './runner.ts';

/** What Jicofo's and the JVB's images both read. Defaults are docker-jitsi-meet's. */
export const xmppEnvironment = z.object({
  XMPP_SERVER: z.string().min(1),
  XMPP_PORT: z.coerce.number().default(5222),
  XMPP_AUTH_DOMAIN: z.string().min(1),
  XMPP_INTERNAL_MUC_DOMAIN: z.string().min(1),
  JVB_BREWERY_MUC: z.string().default('jvbbrewery'),
});

/** How a simulator logs in, by that environment; of a list of servers it takes the first. */
export function xmppAccount(
  run: ContainerToRun,
  environment: z.infer<typeof xmppEnvironment>,
  user: string,
  password: string,
) {
  const [server = '', port = environment.XMPP_PORT] = (environment.XMPP_SERVER.split(',')[0] ?? '').split(
    ':',
  );
  return {
    host: run.resolve(server),
    port: Number(port),
    domain: environment.XMPP_AUTH_DOMAIN,
    user,
    password,
    breweryJid: `${environment.JVB_BREWERY_MUC}@${environment.XMPP_INTERNAL_MUC_DOMAIN}`,
  };
}
