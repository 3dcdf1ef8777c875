import { z } from 'zod';
import type { XmppDomains } from '../../../../shards/domains.ts';

/** A shard's domains, as Prosody's and web's images read them. */
export const domainsEnvironment = z.object({
  XMPP_DOMAIN: z.string().min(1),
  XMPP_AUTH_DOMAIN: z.string().min(1),
  XMPP_MUC_DOMAIN: z.string().min(1),
  XMPP_INTERNAL_MUC_DOMAIN: z.string().min(1),
});

/** The domains that such an environment tells of. */
export function domainsOf(environment: z.infer<typeof domainsEnvironment>): XmppDomains {
  return {
    main: environment.XMPP_DOMAIN,
    auth: environment.XMPP_AUTH_DOMAIN,
    muc: environment.XMPP_MUC_DOMAIN,
    internalMuc: environment.XMPP_INTERNAL_MUC_DOMAIN,
  };
}
