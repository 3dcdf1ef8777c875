import { connect } from 'node:net';
import type { V1Container, V1Probe } from '@kubernetes/client-node';
import { ask } from '../../../shards/probes/ask.ts';

/** Runs a container's probe once; `exec` and `grpc` can't be and count as passed. */
export async function runProbe(
  probe: V1Probe,
  container: V1Container,
  podIp: string,
  signal: AbortSignal,
): Promise<boolean> {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  const { httpGet, tcpSocket } = probe;
  if (httpGet) {
    const headers = (httpGet.httpHeaders ?? []).map(({ name, value }) => [name, value]);
    const url = `http://${httpGet.host ?? podIp}:${portOf(httpGet.port, container)}${httpGet.path ?? '/'}`;
    const answer = await ask(url, signal, { headers: Object.fromEntries(headers), timeoutMs });
    return answer.ok && answer.status >= 200 && answer.status < 400;
  }
  if (tcpSocket) return accepts(tcpSocket.host ?? podIp, portOf(tcpSocket.port, container), timeoutMs);
  return true;
}

function portOf(port: number | string, container: V1Container): number {
  if (typeof port === 'number') return port;
  const found = container.ports?.find(({ name }) => name === port);
  if (!found) throw new Error(`container ${container.name} has no port ${port}, which its probe names`);
  return found.containerPort;
}

function accepts(host: string, port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
