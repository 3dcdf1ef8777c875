import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthenticationV1TokenRequest, CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { startApiServer, startControllerManager, startEtcd } from './control-plane-programs.ts';
import { kubeconfigText } from './kubeconfig.ts';

/** A real Kubernetes control plane of a test's own, without nodes: etcd, kube-apiserver, kube-controller-manager. */
export interface ControlPlane {
  /** `https://127.0.0.1:port`. */
  readonly url: string;
  /** Who may do everything (`system:masters`): a kubeconfig's text. */
  readonly adminKubeconfig: string;
  /** A client's configuration from `adminKubeconfig`. */
  readonly admin: KubeConfig;
  /** Where logs lie: `log/<program>.log`. */
  readonly directory: string;
  /** A fresh token of a ServiceAccount, valid for an hour. @throws ApiException when there is no such account. */
  tokenFor(namespace: string, serviceAccount: string): Promise<string>;
  /** A kubeconfig's text for a ServiceAccount, with its namespace as the default one. */
  kubeconfigFor(namespace: string, serviceAccount: string): Promise<string>;
  /** Kills all three and deletes the folder. */
  stop(): Promise<void>;
}

/**
 * Starts one on free ports of loopback; takes 3-5 s of two cores.
 * @param apiServerArgs more flags for the API server
 * @throws Error when a program is not here; UsherError with a program's last words when it does not start.
 */
export async function startControlPlane(
  signal = AbortSignal.timeout(60_000),
  apiServerArgs: readonly string[] = [],
): Promise<ControlPlane> {
  const directory = mkdtempSync(join(tmpdir(), 'usher-cluster-'));
  const processes = new ProcessDirectory(directory);
  try {
    const adminToken = randomBytes(16).toString('hex');
    writeCredentials(directory, adminToken);
    const etcdUrl = await startEtcd(processes, directory, signal);
    const started = { etcdUrl, adminToken, args: apiServerArgs };
    const url = await startApiServer(processes, directory, started, signal);
    const ca = readFileSync(join(directory, 'certificates', 'apiserver.crt'), 'utf8');
    const adminKubeconfig = kubeconfigText({ url, ca }, adminToken);
    writeFileSync(join(directory, 'admin.kubeconfig'), adminKubeconfig, { mode: 0o600 });
    await startControllerManager(processes, directory, signal);
    const admin = new KubeConfig();
    admin.loadFromString(adminKubeconfig);
    const core = admin.makeApiClient(CoreV1Api);

    async function tokenFor(namespace: string, name: string): Promise<string> {
      const body = new AuthenticationV1TokenRequest();
      body.spec = { audiences: [], expirationSeconds: 3600 };
      const request = await core.createNamespacedServiceAccountToken({ name, namespace, body });
      return request.status?.token ?? '';
    }

    return {
      url,
      adminKubeconfig,
      admin,
      directory,
      tokenFor,
      kubeconfigFor: async (namespace, name) =>
        kubeconfigText({ url, ca }, await tokenFor(namespace, name), namespace),
      stop: () => stop(processes, directory),
    };
  } catch (error) {
    await stop(processes, directory);
    throw error;
  }
}

/** The key of ServiceAccount tokens, and the admin's token. */
function writeCredentials(directory: string, adminToken: string): void {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'sec1', format: 'pem' });
  writeFileSync(join(directory, 'service-accounts.key'), pem, { mode: 0o600 });
  const line = `${adminToken},admin,admin,system:masters\n`;
  writeFileSync(join(directory, 'tokens.csv'), line, { mode: 0o600 });
}

async function stop(processes: ProcessDirectory, directory: string): Promise<void> {
  // Nothing of it is kept, and an API server waits for its watchers before it ends.
  await Promise.all(processes.list().map(({ name }) => processes.stop(name, 0)));
  rmSync(directory, { recursive: true, force: true });
}
