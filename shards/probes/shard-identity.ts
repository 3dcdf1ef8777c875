import { type Element, xml } from '@xmpp/client';
import { withSession, type XmppAccount } from '../brewery/xmpp-session.ts';

const discoInfo = 'http://jabber.org/protocol/disco#info';
const timeoutMs = 5_000;

/**
 * The name that a shard's Prosody gives itself (mod_jiconop: the identity server/shard of its main domain), which
 * clients compare with the `X-Jitsi-Shard` header; undefined when it gives none.
 * @throws Error when the log-in or the question fails.
 */
export function readShardIdentity(
  account: XmppAccount,
  domain: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  return withSession(account, signal, async (session) => {
    const answer = await session.ask(domain, xml('query', { xmlns: discoInfo }), timeoutMs);
    const identities = answer.getChild('query', discoInfo)?.getChildren('identity') ?? [];
    return identities.find(namesShard)?.attrs.name;
  });
}

function namesShard({ attrs }: Element): boolean {
  return attrs.category === 'server' && attrs.type === 'shard';
}
