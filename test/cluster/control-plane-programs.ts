import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import type { ProcessDirectory } from '../../shards/local/process/process-directory.ts';
import { startReady } from '../../shards/local/process/start-ready.ts';
import { ask } from '../../shards/probes/ask.ts';
import { clusterTool } from '../real/cluster-tools.ts';
import { freePort } from '../real/free-port.ts';

/** 3 s for the slowest on idle cores; the bound is for busy ones. */
const timeoutMs = 40_000;

const controllers = [
  'deployment-controller',
  'replicaset-controller',
  'statefulset-controller',
  'horizontal-pod-autoscaler-controller',
  'endpointslice-controller',
  'disruption-controller',
  'namespace-controller',
  'garbage-collector-controller',
  'serviceaccount-controller',
  // Every pod mounts the ConfigMap that it makes.
  'root-ca-certificate-publisher-controller',
];

/** Starts etcd without fsync, as nothing outlives the test; returns its address. */
export async function startEtcd(
  processes: ProcessDirectory,
  directory: string,
  signal: AbortSignal,
): Promise<string> {
  const [port, peerPort] = [await freePort(), await freePort()];
  const [url, peerUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  const args = [
    `--data-dir=${join(directory, 'etcd')}`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
    '--unsafe-no-fsync',
    '--log-level=warn',
  ];
  await startReady(
    processes,
    { name: 'etcd', command: clusterTool('etcd'), args },
    { ports: [port, peerPort], timeoutMs, ready: (bounded) => says200(`${url}/health`, bounded) },
    signal,
  );
  return url;
}

/** Starts the API server over that etcd; returns its address. Its certificate is in `certificates/` of the folder. */
export async function startApiServer(
  processes: ProcessDirectory,
  directory: string,
  options: { etcdUrl: string; adminToken: string; args: readonly string[] },
  signal: AbortSignal,
): Promise<string> {
  const port = await freePort();
  const issuer = 'https://kubernetes.default.svc';
  const key = join(directory, 'service-accounts.key');
  const certificates = join(directory, 'certificates');
  const args = [
    `--etcd-servers=${options.etcdUrl}`,
    '--bind-address=127.0.0.1',
    // It would look for an address of the machine's, and a network namespace of its own has none.
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${certificates}`,
    `--service-account-issuer=${issuer}`,
    `--api-audiences=${issuer}`,
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    '--authorization-mode=RBAC',
    `--token-auth-file=${join(directory, 'tokens.csv')}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--endpoint-reconciler-type=none',
    ...options.args,
  ];
  const ready = (bounded: AbortSignal) =>
    // All its start-up hooks, RBAC's default roles among them, are done.
    tlsSays200(
      `https://127.0.0.1:${port}/readyz`,
      join(certificates, 'apiserver.crt'),
      bounded,
      options.adminToken,
    );
  await startReady(
    processes,
    { name: 'kube-apiserver', command: clusterTool('kube-apiserver'), args },
    { ports: [port], timeoutMs, ready },
    signal,
  );
  return `https://127.0.0.1:${port}`;
}

/** Starts the controllers that workloads need, as `admin.kubeconfig` of the folder. */
export async function startControllerManager(
  processes: ProcessDirectory,
  directory: string,
  signal: AbortSignal,
): Promise<void> {
  const port = await freePort();
  const certificates = join(directory, 'certificates');
  const args = [
    `--kubeconfig=${join(directory, 'admin.kubeconfig')}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${certificates}`,
    '--leader-elect=false',
    `--service-account-private-key-file=${join(directory, 'service-accounts.key')}`,
    `--root-ca-file=${join(certificates, 'apiserver.crt')}`,
    '--horizontal-pod-autoscaler-sync-period=2s',
    `--controllers=${controllers.join(',')}`,
    // Its own default, 20 a second, makes a test of many pods wait for nothing.
    '--kube-api-qps=200',
    '--kube-api-burst=400',
  ];
  const ready = (bounded: AbortSignal) =>
    tlsSays200(
      `https://127.0.0.1:${port}/healthz`,
      join(certificates, 'kube-controller-manager.crt'),
      bounded,
    );
  await startReady(
    processes,
    { name: 'kube-controller-manager', command: clusterTool('kube-controller-manager'), args },
    { ports: [port], timeoutMs, ready },
    signal,
  );
}

/** Throws, which is "not yet", until the program has written its certificate. */
function tlsSays200(url: string, caFile: string, signal: AbortSignal, token?: string): Promise<boolean> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const asked = request(url, { ca: readFileSync(caFile), headers, signal }, (response) =>
      resolve(response.resume().statusCode === 200),
    );
    asked.once('error', reject).end();
  });
}

async function says200(url: string, signal: AbortSignal): Promise<boolean> {
  const answer = await ask(url, signal);
  return answer.ok && answer.status === 200;
}
