import { describe, expect, it } from 'vitest';
import { planServers } from './plan-servers.ts';

const server = (name: string, id: number, port = 80) => ({
  ...{ name, id, host: '127.0.0.1', port },
  inService: true,
});
const status = (name: string, id: number, port = 80) => ({
  name,
  id,
  address: `127.0.0.1:${port}`,
  status: 'no check',
  sessions: 0,
});

describe('planServers', () => {
  it('adds what is missing and removes what is extra', () => {
    expect(planServers([server('a.1', 1), server('b.1', 2)], [status('b.1', 2), status('c.1', 3)])).toEqual({
      add: [server('a.1', 1)],
      remove: ['c.1'],
    });
  });

  it('replaces a server that has another address or number', () => {
    expect(planServers([server('a.1', 1, 81)], [status('a.1', 1)])).toEqual({
      add: [server('a.1', 1, 81)],
      remove: ['a.1'],
    });
    expect(planServers([server('a.1', 1)], [status('a.1', 2)]).remove).toEqual(['a.1']);
  });

  it('knows an IPv6 address as HAProxy writes it', () => {
    const found = { ...status('a.1', 1), address: '[fd00::1]:80' };
    expect(planServers([{ ...server('a.1', 1), host: 'fd00::1' }], [found])).toEqual({ add: [], remove: [] });
  });
});
