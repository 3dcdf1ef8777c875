import { breweryJid, type XmppDomains, xmppDomains } from '../domains.ts';
import type { ShardEndpoints } from '../driver.ts';
import { isScaledByHpa } from './bridges.ts';
import { podsOf, type ShardObjects } from './cluster-view.ts';
import type { Pod, Service } from './objects.ts';
import { containerStartedAt } from './pod-state.ts';

/**
 * Stands for a Service that is not there (RFC 5737: nobody has it): the proxies take no names, and a shard is there as
 * long as anything of it runs.
 */
const noAddress = '192.0.2.1';

const ports = { web: 8000, prosodyHttp: 5280, prosodyC2s: 5222, jicofo: 8888, colibri: 8080 } as const;

/**
 * How to reach the parts of a shard; the bridges are its pods that have an address and are not ending.
 *
 * @param password of the brewery's account
 */
export function shardEndpoints(objects: ShardObjects, password: string): ShardEndpoints {
  const { services, configMap } = objects;
  const data = configMap?.data ?? {};
  const domains = domainsOf(data);
  const prosody = clusterIp(services, 'prosody');
  return {
    name: objects.name,
    region: data.REGION ?? '',
    web: url(clusterIp(services, 'web'), ports.web),
    prosodyHttp: url(prosody, ports.prosodyHttp),
    prosodyC2s: { host: prosody, port: ports.prosodyC2s },
    jicofo: url(clusterIp(services, 'jicofo'), ports.jicofo),
    bridges: podsOf(objects, 'jvb')
      .sort(byAge)
      .flatMap(({ metadata: { name }, status: { podIP } }) =>
        podIP === undefined ? [] : [{ name, rest: url(podIP, ports.colibri) }],
      ),
    ...(objects.deployment && isScaledByHpa(objects.deployment) && { scaledElsewhere: true }),
    domains,
    brewery: { user: 'jvb', password, jid: breweryJid(domains) },
    startedAt: prosodyStartedAt(objects),
  };
}

/** When the shard's Prosody started, in milliseconds since the epoch; one that is ending runs until it has ended. */
export function prosodyStartedAt({ pods }: Pick<ShardObjects, 'pods'>): number | undefined {
  const starts = pods.flatMap((pod) => containerStartedAt(pod, 'prosody') ?? []);
  return starts.length === 0 ? undefined : Math.max(...starts);
}

/** The oldest first; those of one second by name. */
function byAge({ metadata: one }: Pod, { metadata: other }: Pod): number {
  const [first, second] = [one, other].map(({ creationTimestamp, name }) => `${creationTimestamp} ${name}`);
  return (first ?? '') < (second ?? '') ? -1 : 1;
}

function domainsOf(data: Readonly<Record<string, string>>): XmppDomains {
  const usual = xmppDomains(data.XMPP_DOMAIN);
  return {
    main: usual.main,
    auth: data.XMPP_AUTH_DOMAIN ?? usual.auth,
    muc: data.XMPP_MUC_DOMAIN ?? usual.muc,
    internalMuc: data.XMPP_INTERNAL_MUC_DOMAIN ?? usual.internalMuc,
  };
}

function clusterIp(services: readonly Service[], name: string): string {
  const ip = services.find(({ metadata }) => metadata.name === name)?.spec.clusterIP ?? '';
  return ip === '' || ip === 'None' ? noAddress : ip;
}

function url(host: string, port: number): string {
  return host.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`;
}
