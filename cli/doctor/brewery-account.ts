import type { XmppAccount } from '../../shards/brewery/xmpp-session.ts';
import type { ShardEndpoints } from '../../shards/driver.ts';

/** The account with which usher watches a shard's brewery. */
export function breweryAccount({ brewery, prosodyC2s, domains }: ShardEndpoints): XmppAccount {
  const { user, password } = brewery;
  return { ...prosodyC2s, domain: domains.auth, user, password };
}
