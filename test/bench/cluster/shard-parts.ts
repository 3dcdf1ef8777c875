import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { colibriNamespace } from '../../../shards/brewery/bridge-presence.ts';
import { bridgeStats, takeSample } from '../../../shards/local/bridge/stats.ts';
import { jicofoStats } from '../../../shards/local/jicofo/stats.ts';
import { startBreweries } from './brewery.ts';
import { shardAt, shardName } from './shard-objects.ts';

/** What each shard carries, so that its answers are as large as those of one at work. */
export const roomsOfShard = 50;
const participants = 5;

/** All parts of all shards in one process: whatever address is asked answers as that shard's part. */
export interface ShardParts {
  /** HTTP requests and connections since the last time it was asked. */
  counts(): { requests: number; connections: number };
  /** When each shard's web was probed since the last time it was asked, by shard, by the monotonic clock in ms. */
  probes(): Map<number, number[]>;
  /** From now on these rooms, by name, are live on a shard. */
  seat(shard: number, rooms: readonly string[]): void;
  /** All meetings end. */
  clear(): void;
  close(): void;
}

/** Listens on every address of the network namespace, at the ports of Jitsi's parts. */
export function startShardParts(bridges: number): ShardParts {
  let counts = { requests: 0, connections: 0 };
  let probes = new Map<number, number[]>();
  const seated = new Map<number, readonly string[]>();
  const listen = (port: number, answer: (request: IncomingMessage, shard: number) => [string, object?]) => {
    const server = createServer((request, response) => {
      counts.requests += 1;
      reply(request, response, (shard) => answer(request, shard));
    });
    // As Jetty's, which a JVB is behind.
    server.keepAliveTimeout = 30_000;
    server.on('connection', () => (counts.connections += 1));
    return server.listen(port, '0.0.0.0');
  };
  const web = listen(8000, (_, shard) => {
    const times = probes.get(shard) ?? [];
    probes.set(shard, [...times, performance.now()]);
    return ['config', { 'x-jitsi-shard': shardName(shard) }];
  });
  const prosody = listen(5280, ({ url }, shard) => [
    url === '/room-census' ? census(seated.get(shard) ?? []) : boshAnswer,
  ]);
  const jicofo = listen(8888, ({ url }) => [url === '/stats' ? jicofoText(bridges) : 'OK']);
  const bridge = listen(8080, ({ url }) => [url === '/colibri/drain' ? '{"drain":false}' : bridgeText()]);
  const servers: (Server | ReturnType<typeof startBreweries>)[] = [web, prosody, jicofo, bridge];
  servers.push(startBreweries(bridges, presenceStats));
  return {
    counts() {
      const until = counts;
      counts = { requests: 0, connections: 0 };
      return until;
    },
    probes() {
      const until = probes;
      probes = new Map();
      return until;
    },
    seat: (shard, rooms) => void seated.set(shard, rooms),
    clear: () => seated.clear(),
    close() {
      for (const server of servers) {
        server.close();
        if ('closeAllConnections' in server) server.closeAllConnections();
      }
    },
  };
}

function reply(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (shard: number) => [string, object?],
): void {
  const [body, headers = {}] = answer(shardAt(request.socket.localAddress ?? ''));
  request.resume().on('end', () => response.writeHead(200, { ...headers }).end(body));
}

const boshAnswer =
  "<body xmlns='http://jabber.org/protocol/httpbind' sid='1'><stream:features xmlns:stream='http://etherx.jabber.org/streams'/></body>";

function census(rooms: readonly string[]): string {
  const created_time = Date.now() - 600_000;
  const room_census = rooms.map((room) => ({
    room_name: `${room}@muc.meet.jitsi`,
    participants,
    created_time,
  }));
  return JSON.stringify({ room_census });
}

function jicofoText(bridges: number): string {
  return JSON.stringify(
    jicofoStats({
      health: { status: 200, message: 'OK' },
      bridges: Array.from({ length: bridges }, (_, index) => ({
        jid: `jvbbrewery@internal-muc.meet.jitsi/bridge-${index}`,
        operational: true,
        shuttingDown: false,
        gracefulShutdown: false,
        draining: false,
        stress: 0.1,
      })),
      lostBridges: 0,
      conferencesCreated: roomsOfShard,
      conferences: Array.from({ length: roomsOfShard }, (_, index) => ({
        room: `meeting-${index}`,
        participants,
        bridgeJid: undefined,
      })),
    }),
  );
}

/** As a JVB renews them: every 5 s. */
function statsNow() {
  const localEndpoints = 12;
  const counts = {
    conferences: 3,
    localEndpoints,
    largestConference: participants,
    conferencesCreated: 3,
    conferencesCompleted: 0,
    endpointsCreated: localEndpoints,
  };
  const nowMs = Math.floor(Date.now() / 5_000) * 5_000;
  const rates = { bitsPerSecondPerParticipant: 2e6, bitsPerSecondAtFullStress: 5e8 };
  // Rates that stand still are taken for those of a bridge that hangs.
  const sample = takeSample(counts, rates, Math.sin(nowMs) / 200);
  return bridgeStats({
    nowMs,
    region: 'eu',
    version: '2.3.0',
    draining: false,
    shutdown: 'running',
    xmppConnected: true,
    counts,
    sample,
  });
}

function bridgeText(): string {
  return JSON.stringify(statsNow());
}

function presenceStats(): string {
  const stats = Object.entries(statsNow()).map(([name, value]) => `<stat name='${name}' value='${value}'/>`);
  return `<stats xmlns='${colibriNamespace}'>${stats.join('')}</stats>`;
}
