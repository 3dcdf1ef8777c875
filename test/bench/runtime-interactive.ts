import { once } from 'node:events';
import { connect } from 'node:net';
import type { MapEntry } from '../../haproxy/runtime/map-read.ts';

const linesPerPayload = 400;
const promptMark = '> ';

/** The other way to push a map: one connection in HAProxy's prompt mode, payload after payload, each awaited. */
export async function interactiveAdder(
  path: string,
  file: string,
  entries: readonly MapEntry[],
): Promise<void> {
  const socket = connect({ path }).setEncoding('utf8');
  await once(socket, 'connect');
  const ask = async (text: string) => {
    socket.write(text);
    for (let answer = ''; !answer.endsWith(promptMark); ) answer += (await once(socket, 'data'))[0];
  };
  await ask('prompt\n');
  for (let from = 0; from < entries.length; from += linesPerPayload) {
    const lines = entries.slice(from, from + linesPerPayload).map(([key, value]) => `${key} ${value}\n`);
    await ask(`add map ${file} <<\n${lines.join('')}\n`);
  }
  socket.destroy();
}
