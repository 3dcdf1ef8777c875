import { describe, expect, it } from 'vitest';
import { boshBody, frameKind, frames, parseBoshBody } from './bosh-body.ts';

describe('parseBoshBody', () => {
  it('takes the session and the stanzas out of a body', () => {
    const text = "<body xmlns='x' sid='abc'><message><body>a &gt; b</body></message></body>";
    const payload = '<message><body>a &gt; b</body></message>';
    expect(parseBoshBody(text)).toEqual({ sid: 'abc', terminated: false, condition: undefined, payload });
  });

  it('lets features stand without the body that declared their prefix', () => {
    const { payload } = parseBoshBody(
      "<body xmlns:stream='s'><stream:features><a/></stream:features></body>",
    );
    expect(payload).toBe(
      "<stream:features xmlns:stream='http://etherx.jabber.org/streams'><a/></stream:features>",
    );
  });

  it('sees the end of a session', () => {
    expect(parseBoshBody("<body type='terminate' condition='item-not-found'/>")).toMatchObject({
      terminated: true,
      condition: 'item-not-found',
      payload: '',
    });
  });

  it('is not misled by a bracket in an attribute', () => {
    expect(parseBoshBody(`<body a=">" sid="s"><p/></body>`)).toMatchObject({ sid: 's', payload: '<p/>' });
  });

  it('refuses what is no body', () => {
    expect(() => parseBoshBody('<html>Bad Gateway</html>')).toThrow('not a BOSH body: <html>Bad Gateway');
  });

  it('reads what boshBody writes', () => {
    const text = boshBody({ sid: 's', rid: 7, type: 'terminate' }, '<p/>');
    expect(parseBoshBody(text)).toEqual({
      sid: 's',
      terminated: true,
      condition: undefined,
      payload: '<p/>',
    });
  });
});

describe('frameKind', () => {
  it.each([
    [frames.open, 'open'],
    [frames.close, 'close'],
    ['<message><body>close</body></message>', 'stanza'],
  ])('of %s is %s', (frame, kind) => {
    expect(frameKind(frame)).toBe(kind);
  });
});
