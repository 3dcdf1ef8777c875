import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FleetAtWork, startFleetAtWork } from '../testing/fleet-at-work.ts';
import { usher } from '../testing/usher.ts';
import { whatNext } from './what-next.ts';

let fleet: FleetAtWork;
beforeEach(async () => {
  fleet = await startFleetAtWork();
});
afterEach(() => fleet.end());

describe('usher status', () => {
  it('shows stick table, proxies, shards and changes under way', async () => {
    fleet.api.state.fleet.orchestrators = [
      { api: '127.0.0.1:1', state: 'leads', reason: '' },
      { api: '127.0.0.1:2', state: 'away', reason: 'refused' },
    ];
    fleet.api.state.fleet.redis = {
      ...{ ok: false, reason: 'out of reach', primary: '127.0.0.1:6391', replicas: 1 },
      sentinels: { agree: 2, of: 3 },
    };
    const { stdout } = await usher(fleet.words('status'));
    expect(stdout).toMatch(/^Redis decides: +NO: out of reach$/m);
    expect(stdout).toMatch(/^Orchestrators: +127.0.0.1:1 leads, 127.0.0.1:2 away \(refused\)$/m);
    expect(stdout).toMatch(/^Redis: +127.0.0.1:6391, 1 replica connected, named by 2 of 3 Sentinels$/m);
    expect(stdout).toMatch(/^Participants: +7$/m);
    expect(stdout).toMatch(/^proxy-1 +yes/m);
    expect(stdout).toMatch(/^eu-2 .* degraded .* Jicofo answers 503$/m);
    expect(stdout).toMatch(/^move-1 +move +hold +\ds +proxy-2$/m);
  });

  it('gives programs the API’s own words', async () => {
    const { stdout } = await usher(fleet.words('status', '--json'));
    expect(JSON.parse(stdout)).toEqual(fleet.api.state.fleet);
  });
});

describe('up and down', () => {
  it('say with --dry-run what they would do, and leave no trace', async () => {
    const up = await usher(fleet.words('up', '--dry-run'));
    expect(up.code).toBe(0);
    expect(up.stdout).toContain('would start the HAProxy of proxy-2\n');
    expect(up.stdout).toContain('would start shard eu-1\n');
    const ha = await usher(fleet.words('up', '--dry-run', '--redis-ha'));
    expect(ha.stdout).toContain('would start 2 replicas of it\nwould start 3 Sentinels\n');
    const down = await usher(fleet.words('down', '--dry-run'));
    expect(down).toEqual({
      code: 64,
      stdout: '',
      stderr: 'usher: nothing to change: fleet temporary is not up\n',
    });
    expect(existsSync(fleet.files.state)).toBe(false);
  });

  it('name what to try next', () => {
    const text = whatNext(fleet.files.fleet, (words) => `usher ${words}`);
    expect(text).toContain(`curl -i '${fleet.files.proxies[0]}/acme/config.js?room=stand-up'`);
  });
});
