import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import type { Cluster } from '../cluster.ts';

const group = 'custom.metrics.k8s.io';
const version = 'v1beta2';
const metric = 'jvb_throughput_bits_per_second';

/** A custom metric of pods, as prometheus-adapter serves it. */
export interface FakeMetrics {
  /** What all bridges of a shard carry together, in bits per second; each has its equal part. */
  bitsPerSecond: number;
  close(): void;
}

/** Serves the bridges' throughput, behind the cluster's API server. */
export async function startMetrics(cluster: Cluster): Promise<FakeMetrics> {
  const certificates = join(cluster.directory, 'certificates');
  const [key, cert] = ['key', 'crt'].map((end) => readFileSync(join(certificates, `apiserver.${end}`)));
  const server = createServer({ key, cert }, (request, response) => {
    const namespace = /\/namespaces\/([^/]+)\/pods\/\*\//.exec(request.url ?? '')?.[1];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(namespace === undefined ? kinds : valuesOf(namespace)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await cluster.apply(registration((server.address() as AddressInfo).port));
  const metrics: FakeMetrics = {
    bitsPerSecond: 0,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return metrics;

  function valuesOf(namespace: string): object {
    const pods = cluster.pods(namespace, 'jvb');
    const items = pods.map(({ metadata }) => ({
      describedObject: { kind: 'Pod', namespace, name: metadata?.name, apiVersion: '/v1' },
      metric: { name: metric },
      timestamp: new Date().toISOString(),
      value: String(Math.round(metrics.bitsPerSecond / pods.length)),
    }));
    return { kind: 'MetricValueList', apiVersion: `${group}/${version}`, metadata: {}, items };
  }
}

const kinds = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: `${group}/${version}`,
  resources: [{ name: `pods/${metric}`, namespaced: true, kind: 'MetricValueList', verbs: ['get'] }],
};

function registration(port: number): (KubernetesObject & { spec?: object })[] {
  const service = { name: 'prometheus-adapter', namespace: 'monitoring' };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'monitoring' } },
    {
      ...{ apiVersion: 'v1', kind: 'Service', metadata: service },
      ...{ spec: { type: 'ExternalName', externalName: 'localhost' } },
    },
    {
      ...{ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService' },
      metadata: { name: `${version}.${group}` },
      spec: {
        ...{ group, version, groupPriorityMinimum: 100, versionPriority: 100, insecureSkipTLSVerify: true },
        service: { ...service, port },
      },
    },
  ];
}
