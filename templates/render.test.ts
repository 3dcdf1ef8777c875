import { describe, expect, it } from 'vitest';
import { render } from './render.ts';

const settings = { name: 'p-1', limits: { claimMs: 100 }, spop: false };

describe('render', () => {
  it('fills a template in, escaping nothing', () => {
    expect(render('spoe.conf', { ...settings, name: '<p> & "q"' })).toContain('proxy <p> & "q":');
    expect(render('spoe.conf', settings)).toContain('timeout processing 100ms');
  });

  it('fails on data that is missing, and names it', () => {
    expect(() => render('spoe.conf', { name: 'p-1', spop: false })).toThrow('"claimMs" not defined');
  });

  it('fails on a template that is missing, and names it', () => {
    expect(() => render('no-such', {})).toThrow('no-such.hbs');
  });

  it('has every template as a partial', () => {
    const [firstLine = ''] = render('haproxy-room-key', {}).split('\n');
    const limits = {
      bufferBytes: 1,
      headers: 1,
      headersMs: 1,
      connections: 1,
      hardStopAfterMs: 1,
      threads: 0,
    };
    const data = {
      name: '',
      directory: '',
      bind: [],
      stats: '',
      agent: '',
      asksDns: false,
      backupAgents: [],
      servers: [],
      spop: true,
    };
    const text = render('haproxy.cfg', { ...data, limits: { ...limits, rate: { requests: 0 } } });
    expect(text).toContain(`\n  ${firstLine}\n`);
  });
});
