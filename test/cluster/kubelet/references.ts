import { ApiException, type CoreV1Api } from '@kubernetes/client-node';

/** A ConfigMap or Secret, or a key of one, that a pod needs and that is not there (yet). */
export class MissingReference extends Error {}

/** The ConfigMaps and Secrets of a namespace, read anew each time, as texts by key. */
export interface References {
  configMap(name: string, optional?: boolean): Promise<Readonly<Record<string, string>>>;
  secret(name: string, optional?: boolean): Promise<Readonly<Record<string, string>>>;
}

/** Those of the API server; each throws MissingReference in the kubelet's words unless it is optional. */
export function referencesIn(core: CoreV1Api, namespace: string): References {
  return {
    configMap: (name, optional) =>
      orMissing(`configmap "${name}" not found`, optional, async () => {
        const { data } = await core.readNamespacedConfigMap({ name, namespace });
        return data ?? {};
      }),
    secret: (name, optional) =>
      orMissing(`secret "${name}" not found`, optional, async () => {
        const { data } = await core.readNamespacedSecret({ name, namespace });
        const texts = Object.entries(data ?? {}).map(([key, value]) => [key, decode(value)]);
        return Object.fromEntries(texts);
      }),
  };
}

async function orMissing(
  message: string,
  optional: boolean | undefined,
  read: () => Promise<Readonly<Record<string, string>>>,
): Promise<Readonly<Record<string, string>>> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ApiException) || error.code !== 404) throw error;
    if (optional) return {};
    throw new MissingReference(message);
  }
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}
