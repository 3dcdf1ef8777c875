import { createServer, type Server, type Socket } from 'node:net';

/** A JVB tells its brewery so often. */
const presenceEveryMs = 5_000;

/** What stands for the c2s of every Prosody: takes everybody, and its room has `bridges` bridges that speak every 5 s. */
export function startBreweries(bridges: number, stats: () => string): Server {
  return createServer((socket) => serve(socket, bridges, stats)).listen(5222, '0.0.0.0');
}

/**
 * The answers to a client that logs in anonymously, binds and joins one room; its stanzas come whole, as small as they
 * are and sent one by one.
 */
function serve(socket: Socket, bridges: number, stats: () => string): void {
  let isKnown = false;
  let timer: NodeJS.Timeout | undefined;
  socket.setEncoding('utf8');
  socket.on('error', () => undefined);
  socket.on('close', () => clearInterval(timer));
  socket.on('data', (text: string) => {
    const id = /\bid=["']([^"']+)/.exec(text)?.[1] ?? '';
    const to = /\bto=["']([^"']+)/.exec(text)?.[1] ?? '';
    if (text.includes('<stream:stream')) {
      socket.write(
        `<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='1' from='${to}' version='1.0'>` +
          `<stream:features>${isKnown ? "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>" : "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>ANONYMOUS</mechanism></mechanisms>"}</stream:features>`,
      );
    } else if (text.includes('<auth')) {
      isKnown = true;
      socket.write("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
    } else if (text.includes('urn:ietf:params:xml:ns:xmpp-bind')) {
      const jid = '<jid>jvb@auth.meet.jitsi/bench</jid>';
      socket.write(
        `<iq type='result' id='${id}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>${jid}</bind></iq>`,
      );
    } else if (text.includes('<iq')) {
      socket.write(`<iq type='result' id='${id}' from='${to}'/>`);
    } else if (text.includes('http://jabber.org/protocol/muc')) {
      const [room = ''] = to.split('/');
      const speak = (index: number) => socket.write(presence(`${room}/bridge-${index}`, stats()));
      for (let index = 0; index < bridges; index += 1) speak(index);
      const self =
        "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='none' role='participant'/><status code='110'/></x>";
      socket.write(`<presence from='${to}'>${self}</presence>`);
      // Not all in one moment.
      let next = 0;
      timer = setInterval(() => speak(next++ % bridges), presenceEveryMs / bridges);
    } else if (text.includes('</stream:stream>')) socket.end('</stream:stream>');
  });
}

function presence(from: string, stats: string): string {
  return `<presence from='${from}'>${stats}<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='owner' role='moderator'/></x></presence>`;
}
