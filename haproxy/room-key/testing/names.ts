import fc from 'fast-check';

/** Characters that a request target may hold as they stand; others only percent-encoded. */
const plain = [..."abcXYZ019-._~!$&'()*+,;=:@"];
const escapes = [
  '%20',
  '%2f',
  '%2F',
  '%2b',
  '%3f',
  '%3F',
  '%26',
  '%3b',
  '%23',
  '%40',
  '%5b',
  '%5C',
  '%0A',
  '%0d',
];
const nasty = [
  '%00',
  '%2500',
  '%25%30%30',
  '%252500',
  '%',
  '%2',
  '%zz',
  '%%',
  '%25',
  '%2525',
  '%252f',
  '%252B',
  '%ff',
];
const known = ['', '%41', '100%25', 'sha256-', '~', 'Caf%C3%A9', 'caf%25C3%25A9', '?', '??room=x', 'a?b+c'];

/** Raw names as browsers, tenants and attackers write them in a request target, without `/` and `#`. */
export const rawName: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: pieces([...plain, ...escapes], 12) },
  { weight: 4, arbitrary: pieces([...plain, ...escapes, ...nasty], 8) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }).map(encodeURIComponent) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 9 }).map(encodeURIComponent) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }).map(twice) },
  { weight: 1, arbitrary: fc.constantFrom(...known) },
  // Around the two lengths above which names are hashed.
  {
    weight: 1,
    arbitrary: fc.integer({ min: 95, max: 210 }).map((length) => 'Ab+'.repeat(70).slice(0, length)),
  },
);

/** Names of up to 8 kB. Few: they take a hundred times as long. */
export const hugeName: fc.Arbitrary<string> = fc
  .tuple(pieces([...plain, ...escapes, ...nasty], 6), fc.integer({ min: 200, max: 8_192 }))
  .map(([unit, length]) => (unit === '' ? 'x' : unit).repeat(length).slice(0, length));

/** Request targets: every kind of path, tenants, other parameters around `room`. */
export function target(name: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const path = fc.constantFrom(
    '/http-bind',
    '/xmpp-websocket',
    '/conference-request/v1',
    '/config.js',
    '/v1',
    '/HTTP-BIND',
    '/http-bind/',
    '/',
    '',
  );
  const tenant = fc.oneof(
    fc.constant(''),
    name.map((one) => `/${one.replaceAll('?', '')}`),
  );
  const before = fc.constantFrom(
    '?',
    '?x=1&',
    '?x=%zz;',
    '??',
    '?xroom=1&',
    '?Room=q&',
    '?room&',
    '?&&',
    '?room%3d1&',
    '?',
  );
  const after = fc.constantFrom('', '&x=1', ';room=other', '?room=other', '&room=other', '=', '&y=%00');
  const signalling = fc
    .tuple(tenant, tenant, path, before, name, after)
    .map(([a, b, end, start, room, rest]) => `${a}${b}${end || '/'}${start}room=${room}${rest}`);
  const page = fc
    .tuple(tenant, name, fc.constantFrom('', '?room=other', '?x=1'))
    .map(([a, b, rest]) => `${a}/${b}${rest}`);
  return fc.oneof({ weight: 3, arbitrary: signalling }, { weight: 1, arbitrary: page });
}

function pieces(from: readonly string[], maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...from), { maxLength }).map((parts) => parts.join(''));
}

function twice(text: string): string {
  return encodeURIComponent(encodeURIComponent(text));
}
