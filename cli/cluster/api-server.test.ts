import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ClusterHttp } from '../../shards/kubernetes/cluster-http.ts';
import { freePort } from '../../test/real/free-port.ts';
import { ApiServer } from './api-server.ts';

let http: Server;
let server: ApiServer;
let stop: AbortController;
beforeEach(async () => {
  http = createServer(({ method, url, headers }, response) => {
    const asked = { method, url, accept: headers.accept, authorization: headers.authorization };
    if (url?.startsWith('/gone')) response.writeHead(404).end('{"message":"no such thing"}');
    else if (!url?.startsWith('/slow')) response.end(JSON.stringify(asked));
  });
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const { port } = http.address() as AddressInfo;
  stop = new AbortController();
  server = new ApiServer(new ClusterHttp(configFor(port)), 'test', stop.signal);
});
afterEach(() => {
  http.close();
  http.closeAllConnections();
});

const anything = z.looseObject({});

describe('ApiServer', () => {
  it('asks with the kubeconfig’s credentials, and leaves parameters out that are undefined', async () => {
    const query = { labelSelector: 'a=b', dryRun: undefined };
    expect(await server.ask('/api/v1/pods', anything, { query })).toEqual({
      ...{ method: 'GET', url: '/api/v1/pods?labelSelector=a%3Db' },
      ...{ accept: 'application/json', authorization: 'Bearer secret' },
    });
  });

  it('tells what is refused from what is not there', async () => {
    await expect(server.ask('/gone', anything)).rejects.toMatchObject({
      code: 404,
      message: 'no such thing',
    });
    expect(await server.find('/gone', anything)).toBeUndefined();
  });

  it('says what fails to be understood', async () => {
    await expect(server.ask('/x', z.object({ items: z.array(z.string()) }))).rejects.toThrow(
      /^\/x: the API server's answer is not understood: .*items/s,
    );
  });

  it('ends with its command, and says why the server is out of reach', async () => {
    const asked = server.ask('/slow', anything);
    stop.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
    const other = new ApiServer(
      new ClusterHttp(configFor(await freePort())),
      'test',
      new AbortController().signal,
    );
    await expect(other.ask('/x', anything)).rejects.toThrow(
      /^the API server of context "test" is out of reach: .*ECONNREFUSED/,
    );
  });
});

function configFor(port: number): KubeConfig {
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name: 'c', server: `http://127.0.0.1:${port}/`, skipTLSVerify: true },
    { name: 'u', token: 'secret' },
  );
  return config;
}
