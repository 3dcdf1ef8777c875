import type { Client, Element } from '@xmpp/client';

const streams = 'http://etherx.jabber.org/streams';

/**
 * Hides stream features from the library before it reacts to them.
 * Stream management: our sessions never resume, they log in and join anew, so its queue would only grow
 * between acknowledgements; and a join sent before the server's <enabled/> was reported to kill the stream.
 * STARTTLS: without a trusted certificate the library could only fail.
 */
export function trimFeatures(connection: Client, startTls: boolean): void {
  connection.prependListener('element', (element: Element) => {
    if (!element.is('features', streams)) return;
    drop(element, 'sm', 'urn:xmpp:sm:3');
    if (!startTls) drop(element, 'starttls', 'urn:ietf:params:xml:ns:xmpp-tls');
  });
}

function drop(features: Element, name: string, xmlns: string): void {
  const feature = features.getChild(name, xmlns);
  if (feature) features.remove(feature);
}
