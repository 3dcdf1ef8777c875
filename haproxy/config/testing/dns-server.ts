import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const headerBytes = 12;
const typeA = 1;
const noSuchName = 3;

/** A DNS server on loopback that knows the IPv4 addresses of `names`, and may learn others while it runs. */
export interface DnsServer {
  readonly port: number;
  readonly names: Map<string, string>;
  stop(): Promise<void>;
}

/** Starts one that knows no name. */
export async function startDnsServer(): Promise<DnsServer> {
  const names = new Map<string, string>();
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => socket.send(answer(query, names), port, address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    names,
    async stop() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** RFC 1035, 4.1: of one question. What stands behind it in the query (EDNS) is left out. */
function answer(query: Buffer, names: ReadonlyMap<string, string>): Buffer {
  const { name, end } = readName(query);
  const question = query.subarray(headerBytes, end + 4);
  const address = names.get(name);
  const record =
    address !== undefined && query.readUInt16BE(end) === typeA ? recordOf(address) : Buffer.alloc(0);
  const header = Buffer.alloc(headerBytes);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8580 | (address === undefined ? noSuchName : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(record.length > 0 ? 1 : 0, 6);
  return Buffer.concat([header, question, record]);
}

function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = headerBytes;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

/** The name that was asked for, type A, class IN, time to live 0, four bytes. */
function recordOf(address: string): Buffer {
  const fixed = Buffer.from([0xc0, headerBytes, 0, typeA, 0, 1, 0, 0, 0, 0, 0, 4]);
  return Buffer.concat([fixed, Buffer.from(address.split('.').map(Number))]);
}
