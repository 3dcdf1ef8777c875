import type { WebSettings } from './web-config.ts';

/** `config.js`, as jitsi-meet reads it: a script that sets `config`, with the fields that clients act on. */
export function configScript(settings: WebSettings): string {
  const config = {
    hosts: { domain: settings.domains.main, muc: settings.domains.muc },
    bosh: '/http-bind',
    websocket: '/xmpp-websocket',
    conferenceRequestUrl: '/conference-request/v1',
    deploymentInfo: { shard: settings.shard, region: settings.region },
  };
  return `var config = ${JSON.stringify(config, undefined, 2)};\n`;
}

/** What a browser gets for a room: a local shard has no jitsi-meet to show. */
export function roomPage(settings: WebSettings): string {
  return `<!doctype html>
<title>usher: ${settings.shard}</title>
<p>This room is on shard <b>${settings.shard}</b> (region ${settings.region}), a local one: it has no media and no user interface.
`;
}
