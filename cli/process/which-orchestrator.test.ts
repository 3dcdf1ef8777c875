import { describe, expect, it } from 'vitest';
import { parseFleet } from '../../orchestrator/fleet/read-fleet.ts';
import { type OrchestratorFlags, whichOrchestrator } from './which-orchestrator.ts';

const fleet = (driver: string, api: string) =>
  parseFleet(
    'fleet.yaml',
    `name: f
driver: ${driver}
redis: { sentinels: [{ host: redis-0.redis.usher.svc, port: 26379 }] }
orchestrator: { api: ${api} }
proxies:
  - { name: p, bind: '*:1', stats: '*:2', agent: { spoe: 'p:3', http: 'p:4' } }
`,
  );
const here = fleet('local', '[127.0.0.1:8700, 127.0.0.1:8701]');
const inPods = fleet('kubernetes', '0.0.0.0:8700');

describe('whichOrchestrator', () => {
  it('is one that the fleet file names, on one machine', () => {
    const api = { host: '127.0.0.1', port: 8701 };
    expect(whichOrchestrator(here, { api: '127.0.0.1:8701' })).toEqual({ name: 'orchestrator.2', api });
    expect(whichOrchestrator(fleet('local', '127.0.0.1:8700'), {}).name).toBe('orchestrator');
  });

  it('is who it says it is, in a pod, and listens as the fleet file says', () => {
    expect(whichOrchestrator(inPods, { name: 'orchestrator-7d9-x', api: '10.1.2.3:8700' })).toEqual({
      name: 'orchestrator-7d9-x',
      api: { host: '10.1.2.3', port: 8700 },
      listen: { host: '0.0.0.0', port: 8700 },
    });
  });

  it.each<[typeof here, OrchestratorFlags, RegExp]>([
    [here, {}, /--api: expected one of 127.0.0.1:8700, 127.0.0.1:8701; found none/],
    [here, { api: '127.0.0.1:9' }, /found "127.0.0.1:9"/],
    [here, { api: '127.0.0.1:8700', name: 'x' }, /--name: only for driver: kubernetes/],
    [inPods, {}, /--api: expected HOST:PORT.*found ""/],
    [inPods, { name: 'x' }, /--api: expected HOST:PORT/],
    [inPods, { api: '10.1.2.3:8700' }, /--name: found "".*give this pod's address and name/],
    [inPods, { api: '10.1.2.3:8700', name: 'two words' }, /--name: found "two words"/],
  ])('refuses flags that do not fit: %#', (of, flags, message) => {
    expect(() => whichOrchestrator(of, flags)).toThrow(message);
  });
});
