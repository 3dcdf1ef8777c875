import { ask } from './ask.ts';
import { hard, type Probe } from './probe.ts';

/**
 * Whether the shard's web server hands out `config.js` and names the right shard: lib-jitsi-meet compares
 * `X-Jitsi-Shard` with the name that Prosody gives, and reloads the page when they differ.
 * @param url The web server's address without path.
 */
export async function probeWeb(url: string, shard: string, signal: AbortSignal): Promise<Probe> {
  const answer = await ask(`${url}/config.js`, signal);
  if (!answer.ok) return answer;
  if (answer.status !== 200) return hard(`${url}/config.js: status ${answer.status}, expected 200`);
  const named = answer.headers['x-jitsi-shard'];
  if (named !== shard) {
    return hard(`${url}/config.js: X-Jitsi-Shard is ${named ?? 'missing'}, expected ${shard}`);
  }
  return { ok: true };
}
