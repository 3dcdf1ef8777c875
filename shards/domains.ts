/** The XMPP domains of a shard, named as docker-jitsi-meet names them. */
export interface XmppDomains {
  /** Where participants log in, anonymously. */
  readonly main: string;
  /** Where Jicofo (`focus`) and the bridges (`jvb`) log in. */
  readonly auth: string;
  /** Conferences: `[tenant]room@muc`. */
  readonly muc: string;
  /** The brewery, in which the bridges announce themselves. */
  readonly internalMuc: string;
}

/** The domains under `main` (XMPP_DOMAIN of a Jitsi installation). */
export function xmppDomains(main = 'meet.jitsi'): XmppDomains {
  return { main, auth: `auth.${main}`, muc: `muc.${main}`, internalMuc: `internal-muc.${main}` };
}

/** Room in which all bridges of the shard announce themselves to Jicofo. */
export function breweryJid(domains: XmppDomains): string {
  return `jvbbrewery@${domains.internalMuc}`;
}
