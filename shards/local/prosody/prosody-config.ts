import { fileURLToPath } from 'node:url';
import { render } from '../../../templates/render.ts';
import type { XmppDomains } from '../../domains.ts';

const moduleDirectory = fileURLToPath(new URL('modules', import.meta.url));

/** All that distinguishes one shard's Prosody from another's. */
export interface ProsodySettings {
  readonly shard: string;
  readonly region: string;
  readonly domains: XmppDomains;
  /** Own directory, absolute: configuration and data. */
  readonly directory: string;
  /** Where it listens; loopback unless given. */
  readonly host?: string;
  /** XMPP over TCP, and HTTP (BOSH, websocket, census). */
  readonly c2sPort: number;
  readonly httpPort: number;
  /** Users of the auth domain with their passwords: `focus` (Jicofo), `jvb` (bridges, brewery watchers). */
  readonly users: Readonly<Record<string, string>>;
}

/** The text of `prosody.cfg.lua` for Prosody 0.12 and newer. */
export function prosodyConfig(settings: ProsodySettings): string {
  const { domains } = settings;
  return render('local-prosody.cfg.lua', {
    shard: settings.shard,
    name: luaString(settings.shard),
    region: luaString(settings.region),
    runAsRoot: process.getuid?.() === 0,
    directory: luaString(settings.directory),
    moduleDirectory: luaString(moduleDirectory),
    host: luaString(settings.host ?? '127.0.0.1'),
    c2sPort: settings.c2sPort,
    httpPort: settings.httpPort,
    domains: {
      main: luaString(domains.main),
      auth: luaString(domains.auth),
      muc: luaString(domains.muc),
      internalMuc: luaString(domains.internalMuc),
    },
    focusJid: luaString(`focus@${domains.auth}`),
    users: Object.entries(settings.users).map(([name, password]) => ({
      name: luaString(name),
      password: luaString(password),
    })),
  });
}

/** A Lua string literal: JSON's, but for control characters, which names, paths and passwords never hold. */
function luaString(text: string): string {
  return JSON.stringify(text);
}
