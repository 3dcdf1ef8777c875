import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PortBook } from './ports.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usher-ports-'));
  file = join(directory, 'ports.json');
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function listen(port: number) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('PortBook', () => {
  it('gives each name its own port, also when asked at once', async () => {
    const book = new PortBook(file);
    const ports = await Promise.all(['a', 'b', 'c', 'd'].map((name) => book.port(name, { free: true })));
    expect(new Set(ports).size).toBe(4);
  });

  it('gives the same port again after a restart', async () => {
    const port = await new PortBook(file).port('eu-1/web', { free: true });
    expect(new PortBook(file).recorded('eu-1/web')).toBe(port);
    expect(await new PortBook(file).port('eu-1/web', { free: true })).toBe(port);
  });

  it('knows what another process has handed out since it began', async () => {
    const [leader, standby] = [new PortBook(file), new PortBook(file)];
    const port = await leader.port('eu-1/web', { free: true });
    expect(await standby.port('eu-1/web', { free: false })).toBe(port);
    const other = await standby.port('eu-2/web', { free: true });
    await leader.port('eu-3/web', { free: true });
    expect(new PortBook(file).recorded('eu-2/web')).toBe(other);
  });

  it('gives another port when a stranger has taken the recorded one', async () => {
    const book = new PortBook(file);
    const port = await book.port('eu-1/web', { free: true });
    const stranger = await listen(port);
    expect(await book.port('eu-1/web', { free: false })).toBe(port);
    expect(await book.port('eu-1/web', { free: true })).not.toBe(port);
    stranger.close();
  });

  it('takes back the ports of one shard only', async () => {
    const book = new PortBook(file);
    await book.port('eu-1/web', { free: true });
    const kept = await book.port('eu-10/web', { free: true });
    book.release('eu-1');
    expect(new PortBook(file).recorded('eu-1/web')).toBeUndefined();
    expect(new PortBook(file).recorded('eu-10/web')).toBe(kept);
  });

  it('says what to do with a file that holds something else', () => {
    writeFileSync(file, '{"eu-1/web": "x"}');
    expect(() => new PortBook(file)).toThrow(`${file}: not a list of ports by name; delete it`);
  });
});
