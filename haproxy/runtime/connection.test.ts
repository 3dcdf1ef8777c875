import { describe, expect, it } from 'vitest';
import { UsageError } from '../../common/errors.ts';
import { parseAddress } from './connection.ts';

describe('parseAddress', () => {
  it.each([
    ['/run/haproxy.sock', { path: '/run/haproxy.sock' }],
    ['./a:1', { path: './a:1' }],
    ['127.0.0.1:9999', { host: '127.0.0.1', port: 9999 }],
    ['[::1]:80', { host: '::1', port: 80 }],
  ])('%s', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });

  it.each(['', 'haproxy.sock', 'host:', 'host:0', 'host:70000', ':80', '::1:80'])('refuses %j', (text) => {
    expect(() => parseAddress(text)).toThrow(UsageError);
  });
});
