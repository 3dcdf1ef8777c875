import { render } from '../../../templates/render.ts';
import type { XmppDomains } from '../../domains.ts';

/** All that distinguishes one shard's web server from another's. */
export interface WebSettings {
  readonly shard: string;
  readonly region: string;
  readonly domains: XmppDomains;
  /** Own directory, absolute: configuration, pages, temporary files. */
  readonly directory: string;
  /** Loopback ports: its own, and those it passes requests on to. */
  readonly port: number;
  readonly prosodyHttpPort: number;
  readonly jicofoPort: number;
}

/** The text of `nginx.conf`. */
export function webConfig(settings: WebSettings): string {
  return render('local-web.conf', {
    shard: settings.shard,
    region: settings.region,
    domain: settings.domains.main,
    port: settings.port,
    prosodyHttpPort: settings.prosodyHttpPort,
    jicofoPort: settings.jicofoPort,
  });
}
