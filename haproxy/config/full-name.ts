/**
 * The whole name of a Service's `NAME.svc` in a cluster, by the search list of its pods' `/etc/resolv.conf`. HAProxy
 * asks the DNS for names as they are; whoever writes a fleet file need not know the cluster's domain.
 */
export function fullName(host: string, resolvConf: string): string {
  if (!host.endsWith('.svc')) return host;
  const [, list = ''] = /^search\s+(.+)$/m.exec(resolvConf) ?? [];
  const services = list.split(/\s+/).find((domain) => domain.startsWith('svc.'));
  return services === undefined ? host : host + services.slice('svc'.length);
}
