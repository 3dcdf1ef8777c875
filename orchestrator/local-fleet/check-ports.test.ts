import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTemporaryFleet, type TemporaryFleet } from '../../test/fleet/temporary-fleet.ts';
import { parseFleet } from '../fleet/read-fleet.ts';
import { checkPorts } from './check-ports.ts';

let temporary: TemporaryFleet;
const servers: Server[] = [];

beforeEach(async () => {
  temporary = await createTemporaryFleet({ shards: {} });
});

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await temporary.delete();
});

async function occupy(port: number, host = '127.0.0.1'): Promise<void> {
  const server = createServer().listen(port, host);
  servers.push(server);
  await once(server, 'listening');
}

/** Writes another fleet file and checks its ports. */
async function checkFile(text: string): Promise<void> {
  await writeFile(join(temporary.folder, 'fleet.yaml'), text);
  await checkPorts(parseFleet('fleet.yaml', text), temporary.folder);
}

const base = `name: local
redis: { url: redis://127.0.0.1:REDIS }
orchestrator: { api: 127.0.0.1:API }
proxies:
  - name: proxy-1
    bind: "*:BIND"
    stats: 127.0.0.1:STATS
    agent: { spoe: 127.0.0.1:SPOE, http: 127.0.0.1:HTTP }
`;

/** `base` with ports that were free a moment ago. */
function fileWithPorts(): string {
  const [one, two] = temporary.fleet.proxies;
  const ports = {
    REDIS: new URL(temporary.fleet.redis.url ?? '').port,
    API: temporary.fleet.orchestrator.api[0]?.port,
    BIND: one?.bind[0]?.port,
    STATS: one?.stats.port,
    SPOE: one?.agent.spoe.port,
    HTTP: two?.agent.http.port,
  };
  return base.replace(/REDIS|API|BIND|STATS|SPOE|HTTP/g, (word) => String(ports[word as keyof typeof ports]));
}

describe('checkPorts', () => {
  it('finds nothing where all is free', async () => {
    await checkFile(fileWithPorts());
  });

  it('names every address that is taken, who has it, and its line', async () => {
    const text = fileWithPorts();
    const api = temporary.fleet.orchestrator.api[0]?.port ?? 0;
    const bind = temporary.fleet.proxies[0]?.bind[0]?.port ?? 0;
    await occupy(api);
    await occupy(bind, '::');
    const file = join(temporary.folder, 'fleet.yaml');
    const me = `node \\(pid ${process.pid}\\)`;
    await expect(checkFile(text)).rejects.toThrow(
      new RegExp(
        `${file}:3:22: orchestrator.api: 127.0.0.1:${api} is in use by ${me}\n` +
          `  ${file}:6:11: proxies.0.bind.0: \\*:${bind} is in use by ${me}\n`,
      ),
    );
  });

  it('tells an address of another machine from a port in use', async () => {
    const text = fileWithPorts().replace('"*:', '"192.0.2.1:');
    await expect(checkFile(text)).rejects.toThrow(/6:11: .*is no address of this machine \(EADDRNOTAVAIL\)/);
  });

  it('lets a Redis that others run be where it is', async () => {
    await occupy(Number(new URL(temporary.fleet.redis.url ?? '').port));
    await expect(checkFile(fileWithPorts())).rejects.toThrow(/2:15: redis.url: .* is in use/);
    await checkFile(fileWithPorts().replace('redis://', 'rediss://'));
  });
});
