import { connect } from 'node:net';
import { render } from '../../../templates/render.ts';
import { freePort } from '../../../test/real/free-port.ts';
import { proxyDirectory, startHaproxy } from '../../config/testing/running-haproxy.ts';

const connections = 4;
const maxBytesUnderWay = 8_192;

/** What a real HAProxy makes of each request target by the rules of haproxy.cfg: the room key, or `-`. */
export async function keysByHaproxy(program: string, targets: readonly string[]): Promise<string[]> {
  const port = await freePort();
  const haproxy = await startHaproxy(
    program,
    await proxyDirectory(),
    { 'haproxy.cfg': configuration(port) },
    port,
  );
  try {
    const share = Math.ceil(targets.length / connections);
    const parts = Array.from({ length: connections }, (_, i) => targets.slice(i * share, (i + 1) * share));
    return (await Promise.all(parts.map((part) => ask(port, part)))).flat();
  } finally {
    await haproxy.stop();
  }
}

function configuration(port: number): string {
  return `defaults
  mode http
  timeout client 30s
  timeout connect 1s
  timeout server 1s
frontend key
  bind 127.0.0.1:${port}
  ${render('haproxy-room-key', {}).replaceAll('\n', '\n  ')}
  http-request set-var(txn.room) str(-) if { var(txn.name) -m len 0 }
  http-request return status 200 hdr X-Key %[var(txn.room)]
`;
}

/**
 * Pipelines over one connection; one answer a request, in order. Less than HAProxy's buffer is under way at a time:
 * 3.2 answers 414 to a request line that a full buffer cuts in two.
 */
function ask(port: number, targets: readonly string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const keys: string[] = [];
    let sent = 0;
    let bytesUnderWay = 0;
    let rest = '';
    const send = () => {
      for (let next = targets[sent]; next !== undefined; next = targets[sent]) {
        if (bytesUnderWay > 0 && bytesUnderWay + next.length > maxBytesUnderWay) return;
        socket.write(request(next));
        bytesUnderWay += next.length;
        sent += 1;
      }
      if (keys.length === targets.length) socket.end();
    };
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      const heads = (rest + chunk).split('\r\n\r\n');
      rest = heads.pop() ?? '';
      for (const head of heads) {
        bytesUnderWay -= targets[keys.length]?.length ?? 0;
        keys.push(/^x-key: (.*)$/im.exec(head)?.[1] ?? head);
      }
      send();
    });
    const finish = () => {
      if (keys.length === targets.length) resolve(keys);
      else
        reject(
          new Error(`${keys.length} of ${targets.length} answered, then ${targets[keys.length]}: ${rest}`),
        );
    };
    socket.once('error', finish);
    socket.once('close', finish);
    send();
  });
}

function request(target: string): string {
  return `GET ${target} HTTP/1.1\r\nHost: meet.example\r\n\r\n`;
}
