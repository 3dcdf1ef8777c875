import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sleep } from '../../common/time.ts';
import { connectionOwner } from './connection-owner.ts';
import { Link } from './link.ts';

describe('Link', () => {
  let echo: Server;
  let link: Link;
  const clients: Socket[] = [];

  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => socket.destroy()).pipe(socket));
    await once(echo.listen(0, '127.0.0.1'), 'listening');
    link = await Link.to({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await link.close();
    echo.close();
  });

  const join = async (to = link) => {
    const client = connect(to.port, '127.0.0.1');
    client.on('error', () => undefined);
    clients.push(client);
    await once(client, 'connect');
    return client;
  };
  const closed = (client: Socket) => new Promise((resolve) => client.once('close', resolve));
  const answer = async (client: Socket, word: string) => {
    const begun = performance.now();
    client.write(word);
    const [chunk] = await once(client, 'data');
    return { text: String(chunk), ms: performance.now() - begun };
  };

  it('passes everything on when it is open', async () => {
    expect((await answer(await join(), 'hello')).text).toBe('hello');
  });

  it('is slow each way, and keeps the order when it gets quicker', async () => {
    const client = await join();
    link.set({ is: 'slow', ms: 100 });
    expect((await answer(client, 'one')).ms).toBeGreaterThan(190);
    const heard: string[] = [];
    client.on('data', (chunk: Buffer) => heard.push(String(chunk)));
    client.write('two ');
    await sleep(20);
    link.set({ is: 'open' });
    client.write('three');
    await sleep(400);
    expect(heard.join('')).toBe('two three');
  });

  it('never lets a later byte overtake an earlier one, however often it changes', async () => {
    const client = await join();
    let heard = '';
    client.on('data', (chunk: Buffer) => {
      heard += String(chunk);
    });
    let said = '';
    // What is slow falls due while more comes in the open: late timers are overtaken here if anywhere.
    for (let number = 0; number < 300; number += 1) {
      const word = `${number} `;
      link.set(number % 2 === 0 ? { is: 'slow', ms: 3 } : { is: 'open' });
      said += word;
      client.write(word);
      const until = performance.now() + (number % 2 === 0 ? 1 : 3);
      await new Promise(setImmediate);
      while (performance.now() < until) await new Promise(setImmediate);
    }
    await expect.poll(() => heard.length).toBe(said.length);
    expect(heard).toBe(said);
  });

  it('delivers what was said in silence when it is over', async () => {
    const client = await join();
    await answer(client, 'first');
    link.set({ is: 'silent' });
    const answered = answer(client, 'anybody?');
    expect(await Promise.race([answered, sleep(200)])).toBe(true);
    link.set({ is: 'open' });
    expect((await answered).text).toBe('anybody?');
  });

  it('resets what goes through it when it is cut, and whoever comes then', async () => {
    const client = await join();
    await answer(client, 'first');
    const gone = closed(client);
    link.set({ is: 'cut' });
    await gone;
    const late = connect(link.port, '127.0.0.1');
    late.on('error', () => undefined);
    await closed(late);
    link.set({ is: 'open' });
    expect((await answer(await join(), 'again')).text).toBe('again');
  });

  it('is bad only to the user that is named', async () => {
    const target = { host: '127.0.0.1', port: (echo.address() as AddressInfo).port };
    const own = new Map([['us', process.pid]]);
    const named: Link = await Link.to(target, (port) => connectionOwner(port, named.port, own));
    try {
      const client = await join(named);
      named.set({ is: 'cut' }, 'others');
      expect((await answer(client, 'here')).text).toBe('here');
      const gone = closed(client);
      named.set({ is: 'cut' }, 'us');
      await gone;
    } finally {
      await named.close();
    }
  });
});
