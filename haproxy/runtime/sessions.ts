import type { RuntimeClient } from './client.ts';
import { groupsWithin } from './request.ts';

/**
 * Cuts the sessions on a server one by one: a worker that a reload left behind refuses `shutdown sessions server`,
 * since its proxies count as stopped, though they serve on. Throws RuntimeError.
 */
export async function shutdownEachSession(
  client: RuntimeClient,
  backend: string,
  server: string,
): Promise<void> {
  const commands: string[][] = [];
  for await (const line of client.lines(['show', 'sess'])) {
    const [, session, be, srv] = /^(0x[0-9a-f]+): .* be=(\S+) srv=(\S+)/.exec(line) ?? [];
    if (session !== undefined && be === backend && srv === server) {
      commands.push(['shutdown', 'session', session]);
    }
  }
  // One that has ended by itself meanwhile is answered with words, which are of no interest.
  for (const group of groupsWithin(commands, (words) => words.join(' ').length + 16, client.maxBytes)) {
    await client.ask(group);
  }
}
