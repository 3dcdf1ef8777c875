import { randomInt } from 'node:crypto';
import { ask } from './ask.ts';
import { hard, type Probe, type ProbeFailure } from './probe.ts';

const bosh = 'http://jabber.org/protocol/httpbind';

/**
 * Whether Prosody lets participants in: opens a BOSH session (XEP-0124) on the main domain, as a participant
 * would, and closes it again.
 * @param url Prosody's HTTP address without path.
 */
export async function probeProsody(url: string, domain: string, signal: AbortSignal): Promise<Probe> {
  const rid = randomInt(2 ** 32);
  const opened = await send(url, domain, signal, bodyOf(rid, `to='${domain}' hold='1' wait='5' ver='1.6'`));
  if (typeof opened !== 'string') return opened;
  const sid = /\bsid=['"]([^'"]+)['"]/.exec(opened)?.[1];
  if (sid === undefined || !opened.includes('stream:features')) {
    const condition = /\bcondition=['"]([^'"]+)['"]/.exec(opened)?.[1];
    return hard(`${url}/http-bind: no BOSH session on ${domain}: ${condition ?? opened.slice(0, 200)}`);
  }
  // Not closed, it would stay in Prosody's memory for bosh_max_inactivity (60 s). Whether that works is not the question.
  await send(url, domain, signal, bodyOf(rid + 1, `sid='${sid}' type='terminate'`));
  return { ok: true };
}

function bodyOf(rid: number, attributes: string): string {
  return `<body xmlns='${bosh}' rid='${rid}' content='text/xml; charset=utf-8' ${attributes}/>`;
}

async function send(
  url: string,
  domain: string,
  signal: AbortSignal,
  body: string,
): Promise<string | ProbeFailure> {
  const answer = await ask(`${url}/http-bind`, signal, {
    headers: { host: domain, 'content-type': 'text/xml' },
    body,
  });
  if (!answer.ok) return answer;
  return answer.status === 200
    ? answer.body
    : hard(`${url}/http-bind: status ${answer.status}, expected 200`);
}
