import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fleetPaths, masterSocket, proxyDirectory } from './paths.ts';

describe('fleetPaths', () => {
  it('keeps everything in the state directory where sockets fit', () => {
    const paths = fleetPaths('/srv/usher/.usher/local');
    expect(proxyDirectory(paths, 'proxy-1')).toBe('/srv/usher/.usher/local/proxies/proxy-1');
    expect(masterSocket(paths, 'proxy-1')).toBe('/srv/usher/.usher/local/proxies/proxy-1/master.sock');
  });

  it.each([
    ['a deep one', `/home/${'deep/'.repeat(20)}state`],
    ['one with characters that HAProxy would have to quote', '/srv/my fleet'],
  ])('takes sockets out of the state directory %s, to a place of its own', (_, state) => {
    const paths = fleetPaths(state);
    expect(paths.shards).toBe(join(state, 'shards'));
    expect(paths.proxies).toMatch(/\/usher-\d+-[0-9a-f]{12}$/);
    expect(fleetPaths(state)).toEqual(paths);
    expect(fleetPaths(`${state}2`).proxies).not.toBe(paths.proxies);
  });

  it.each([
    '/a',
    '/srv/usher/.usher/local',
    `/srv/${'x'.repeat(25)}`,
    `/srv/${'x'.repeat(26)}`,
    `/${'x'.repeat(200)}`,
  ])('leaves room for the longest name of a proxy in %s', (state) => {
    // 80: what haproxy/config/render.ts takes.
    expect(proxyDirectory(fleetPaths(state), 'p'.repeat(40)).length).toBeLessThanOrEqual(80);
  });
});
