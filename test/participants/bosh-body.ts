const framing = 'urn:ietf:params:xml:ns:xmpp-framing';

/** What a BOSH `<body>` from the server says. */
export interface BoshBody {
  readonly sid: string | undefined;
  /** The session has ended. */
  readonly terminated: boolean;
  readonly condition: string | undefined;
  /** The stanzas, each with the namespaces it needs to stand alone. */
  readonly payload: string;
}

/** @throws Error when the text is no `<body>`. */
export function parseBoshBody(text: string): BoshBody {
  const match = /^\s*<body\b((?:[^>"']|"[^"]*"|'[^']*')*)>(.*)$/s.exec(text);
  if (!match) throw new Error(`not a BOSH body: ${text.slice(0, 100)}`);
  const [, attributes = '', rest = ''] = match;
  return {
    sid: attributeOf(attributes, 'sid'),
    terminated: attributeOf(attributes, 'type') === 'terminate',
    condition: attributeOf(attributes, 'condition'),
    // The prefix is declared on the body, which is taken off here.
    payload: rest
      .replace(/<\/body>\s*$/, '')
      .replace(/<stream:(features|error)(?=[\s>/])/g, "$& xmlns:stream='http://etherx.jabber.org/streams'"),
  };
}

/** A `<body>` for the server; attribute values are ours and need no escaping. */
export function boshBody(attributes: Readonly<Record<string, string | number>>, payload: string): string {
  const text = Object.entries(attributes).map(([name, value]) => ` ${name}='${value}'`);
  return `<body xmlns='http://jabber.org/protocol/httpbind' xmlns:xmpp='urn:xmpp:xbosh'${text.join('')}>${payload}</body>`;
}

/** How a stream begins and ends over a websocket (RFC 7395), in which terms the XMPP library speaks. */
export const frames = {
  open: `<open xmlns='${framing}' version='1.0'/>`,
  close: `<close xmlns='${framing}'/>`,
} as const;

/** What a frame that the library sends is. */
export function frameKind(frame: string): 'open' | 'close' | 'stanza' {
  if (!frame.includes(framing)) return 'stanza';
  return frame.startsWith('<close') ? 'close' : 'open';
}

function attributeOf(attributes: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}=(?:'([^']*)'|"([^"]*)")`).exec(attributes);
  return match?.[1] ?? match?.[2];
}
