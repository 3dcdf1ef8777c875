import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FleetAtWork, startFleetAtWork } from '../testing/fleet-at-work.ts';
import { room } from '../testing/samples.ts';
import { usher } from '../testing/usher.ts';

let fleet: FleetAtWork;
beforeEach(async () => {
  fleet = await startFleetAtWork();
});
afterEach(() => fleet.end());

describe('usher room list', () => {
  it('lists rooms as a table, with what is not known as a dash', async () => {
    const { code, stdout } = await usher(fleet.words('room', 'list'));
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'ROOM            SHARD    STATE     PARTICIPANTS   AGE',
      'acme/stand-up   eu-1.1   live      3              30m',
      '/solo           eu-1.1   claimed   -              30m',
      '',
    ]);
  });

  it('asks for what the flags say, and tells when there is more', async () => {
    const flags = ['--shard', 'eu-1', '--only', 'live', '--limit', '1', '--json'];
    const { stdout, stderr } = await usher(fleet.words('room', 'list', ...flags));
    expect(fleet.api.requests).toEqual(['GET /v1/rooms?shard=eu-1&state=live&limit=2']);
    expect(JSON.parse(stdout)).toEqual(fleet.api.state.rooms.slice(0, 1));
    expect(stderr).toBe('only 1 rooms are listed; --limit lists more\n');
  });

  it('says so when there are none', async () => {
    fleet.api.state.rooms = [];
    expect(await usher(fleet.words('room', 'list'))).toEqual({ code: 0, stdout: 'no rooms\n', stderr: '' });
  });
});

describe('usher room show', () => {
  it('finds a room by its URL', async () => {
    const { stdout } = await usher(fleet.words('room', 'show', 'https://meet.example.com/Acme/Stand-Up'));
    expect(stdout).toMatch(/^Room: +acme\/stand-up\nShard: +eu-1.1\nState: +live\n.*\(30m ago\)\n$/s);
  });

  it('fails as the API says when there is no such room', async () => {
    const { code, stderr } = await usher(fleet.words('room', 'show', 'nobody'));
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'usher: no such thing\n' });
  });
});

describe('usher room explain', () => {
  it('gives the reasons first, then the facts', async () => {
    fleet.api.state.explanation = {
      room: 'acme/stand-up',
      tenant: 'acme',
      pool: 'main',
      bucket: 12,
      preferred: 'eu-2',
      move: { phase: 'hold', to: 'eu-1' },
      pin: null,
      placement: room('acme/stand-up', { seatedAt: '2026-01-02T03:04:05.000Z' }),
      census: [{ shard: 'eu-1.1', participants: 1 }],
      proxies: [
        { proxy: 'proxy-1', room: 'eu-1.1', bucket: '!eu-2.1', slot: 'eu-1.1' },
        { proxy: 'proxy-2', room: null, bucket: null, slot: null, error: 'no answer' },
      ],
      reasons: ['sits on eu-1.1', 'its bucket prefers eu-2'],
    };
    const { stdout } = await usher(fleet.words('room', 'explain', 'acme/stand-up'));
    expect(stdout.split('\n')).toEqual([
      'Room acme/stand-up',
      '  - sits on eu-1.1',
      '  - its bucket prefers eu-2',
      '',
      'Tenant:            acme',
      'Bucket:            12 of pool main',
      'Preferred shard:   eu-2',
      'Bucket moves to:   eu-1 (hold)',
      'Placement:         eu-1.1, live since 2026-01-02T03:04:05.000Z',
      'Seen by census:    eu-1.1 (1 participant)',
      '',
      'PROXY     ROOM     BUCKET    SLOT     ERROR',
      'proxy-1   eu-1.1   !eu-2.1   eu-1.1   -',
      'proxy-2   -        -         -        no answer',
      '',
    ]);
  });
});
