import { render } from '../../../templates/render.ts';
import type { XmppDomains } from '../../domains.ts';

/** All that distinguishes one shard's web server from another's. */
export interface WebSettings {
  readonly shard: string;
  readonly region: string;
  readonly domains: XmppDomains;
  /** Own directory, absolute: configuration, pages, temporary files. */
  readonly directory: string;
  /** Where it listens, and where it passes requests on to; each host is loopback unless given. */
  readonly host?: string;
  readonly port: number;
  readonly prosodyHost?: string;
  readonly prosodyHttpPort: number;
  readonly jicofoHost?: string;
  readonly jicofoPort: number;
}

const loopback = '127.0.0.1';

/** The text of `nginx.conf`. */
export function webConfig(settings: WebSettings): string {
  return render('local-web.conf', {
    shard: settings.shard,
    region: settings.region,
    domain: settings.domains.main,
    host: settings.host ?? loopback,
    port: settings.port,
    prosodyHost: settings.prosodyHost ?? loopback,
    prosodyHttpPort: settings.prosodyHttpPort,
    jicofoHost: settings.jicofoHost ?? loopback,
    jicofoPort: settings.jicofoPort,
  });
}
