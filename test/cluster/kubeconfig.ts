/** How to reach an API server. */
export interface ApiServerAddress {
  /** `https://127.0.0.1:port`. */
  readonly url: string;
  /** PEM of what signed its certificate. */
  readonly ca: string;
}

/** The text of a kubeconfig for a bearer token; JSON, which is YAML. */
export function kubeconfigText(address: ApiServerAddress, token: string, namespace?: string): string {
  const ca = Buffer.from(address.ca).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'test', cluster: { server: address.url, 'certificate-authority-data': ca } }],
    users: [{ name: 'test', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test', ...(namespace && { namespace }) } }],
  };
  return JSON.stringify(config, undefined, 2);
}
