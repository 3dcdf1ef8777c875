/** The host by which a listener on `host` is reached from this machine, as URLs write it. */
export function hostToReach(host: string): string {
  if (host === '*' || host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** `http://host:port` of a listener. */
export function urlToReach({ host, port }: { host: string; port: number }): string {
  return `http://${hostToReach(host)}:${port}`;
}
