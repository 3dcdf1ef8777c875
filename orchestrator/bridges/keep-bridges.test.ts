import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/log.ts';
import { folderWishes } from '../../shards/overlay/folder-wishes.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import type { AuditEntry } from '../audit/audit.ts';
import type { Control } from '../control/control.ts';
import { Scalers } from '../scaling/control/scalers.ts';
import { stepOf } from '../scaling/forecast/step.ts';
import { LifetimeBook } from '../scaling/lifetimes/lifetime-book.ts';
import { unknownStep } from '../scaling/load-history/load-step.ts';
import type { PolicyName } from '../scaling/policies/make-policy.ts';
import { RulesBook } from '../scaling/rules/rules-book.ts';
import type { FollowedBridge } from './follow-bridges.ts';
import { BridgesKeeper } from './keep-bridges.ts';
import { bridge, people, silent } from './testing/bridge.ts';

const never = new AbortController().signal;
const spec = shardSpec.parse({ name: 'eu-1', region: 'eu', bridges: { min: 1, max: 2 } });

let folder: string;
let server: Server;
let keeper: BridgesKeeper;
/** Names of the bridges that drain, by their own word. */
let draining: Set<string>;
let scaling: Scalers;
let entries: AuditEntry[];
let calls: unknown[];
let leads: boolean;
let refusal: string | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-keep-bridges-'));
  [draining, entries, calls, leads, refusal] = [new Set(), [], [], true, undefined];
  // One server for all bridges: /NAME/colibri/drain[/enable or /disable].
  server = createServer((request, response) => {
    const [, name = '', , , change] = (request.url ?? '').split('/');
    if (change === 'enable') draining.add(name);
    if (change === 'disable') draining.delete(name);
    response.end(JSON.stringify({ drain: draining.has(name) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const act = async (...call: unknown[]) => {
    if (refusal !== undefined) throw new Error(refusal);
    calls.push(call);
  };
  const log = createLogger('test', 'silent');
  const wishes = folderWishes(folder);
  scaling = new Scalers({ read: async (_, from, to) => new Array(to - from + 1).fill(unknownStep) });
  const control = {
    wishes,
    driver: {
      addBridges: (shard: string, count: number) => act('add', shard, count),
      removeBridges: (shard: string, names: string[]) => act('remove', shard, names),
      rankBridges: (shard: string, ranks: Map<string, number>) =>
        act('rank', shard, Object.fromEntries(ranks)),
    },
    election: {
      token() {
        if (!leads) throw new Error('leads no longer');
      },
    },
    rules: new RulesBook(wishes, {}, log),
    scaling,
    lifetimes: new LifetimeBook(),
    audit: { record: (entry: AuditEntry) => entries.push(entry) },
    log,
  };
  keeper = new BridgesKeeper(control as unknown as Control, 'eu-1');
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const at = (bridges: FollowedBridge[]) => {
  const { port } = server.address() as AddressInfo;
  return bridges.map((one) => ({ ...one, rest: `http://127.0.0.1:${port}/${one.name}` }));
};
const step = (...bridges: FollowedBridge[]) => keeper.step(spec, at(bridges), never);
/** A leadership that knows all that it must. */
const knowing = async (policy: PolicyName = 'forecast') => {
  await writeFile(join(folder, 'scale.yaml'), `eu-1: { policy: ${policy}, timeZone: UTC }\n`);
  const rules = { policy: { name: policy, options: {} }, bridgeMbps: 400, timeZone: 'UTC' };
  await scaling.follow('eu-1', rules, stepOf(Date.now()) - 1);
  scaling.begin(new Map());
};
const recorded = () => entries.map(({ action, outcome }) => `${action}: ${outcome}`);
const three = [bridge('a', people(2)), bridge('b', people(1)), bridge('c', people(3))];

describe('BridgesKeeper', () => {
  it('drains by the bridges’ own interface, and records why it chose them', async () => {
    await step(...three);
    expect([...draining]).toEqual(['b']);
    expect(entries).toMatchObject([
      {
        action: 'bridge.drain',
        shards: ['eu-1'],
        inputs: { bridges: ['b'], bounds: { min: 1, max: 2 }, policy: 'forecast' },
        candidates: [{ name: 'a', chosen: false }, { name: 'b', chosen: true }, { name: 'c' }],
        outcome: 'ok',
      },
    ]);
  });

  it('goes by the drain of now: figures may be of before the last change', async () => {
    draining.add('a');
    await step(...three);
    expect([...draining]).toEqual(['a']);
    expect(recorded()).toEqual([]);
  });

  it('removes no bridge that somebody has just taken back', async () => {
    await knowing();
    const empty = bridge('b', { draining: true }, { emptyReads: 3 });
    await step(bridge('a'), empty);
    expect(calls).toEqual([]);
    draining.add('b');
    await step(bridge('a'), empty);
    expect(calls).toEqual([['remove', 'eu-1', ['b']]]);
  });

  it('asks for one total while new bridges are on their way, and records it once', async () => {
    await step();
    await step();
    expect(calls).toEqual([
      ['add', 'eu-1', 1],
      ['add', 'eu-1', 1],
    ]);
    expect(recorded()).toEqual(['bridge.start: ok']);
    await step(bridge('a'));
    await step();
    expect(recorded()).toEqual(['bridge.start: ok', 'bridge.start: ok']);
  });

  it('says once why nothing came of it, and tries again', async () => {
    refusal = 'not all bridges are ready';
    await step();
    await step();
    expect(recorded()).toEqual(['bridge.start: not all bridges are ready']);
    refusal = undefined;
    await step();
    expect(recorded()[1]).toBe('bridge.start: ok');
  });

  it('changes nothing when it no longer leads', async () => {
    leads = false;
    await step(...three);
    expect(draining.size).toBe(0);
    expect(recorded()).toEqual(['bridge.drain: leads no longer']);
  });

  it('changes nothing while what operators want cannot be read', async () => {
    await writeFile(join(folder, 'bridges.yaml'), 'eu-1/b: gone\n');
    await step(...three);
    await step(...three);
    expect(draining.size).toBe(0);
    expect(recorded()).toEqual([
      expect.stringContaining('bridge.hold: what operators want of bridges is wrong'),
    ]);
  });

  it('follows the load by its policy, and records what that looked at', async () => {
    await knowing();
    draining.add('b');
    const loaded = bridge('a', { ...people(100), bitsPerSecond: 280e6 });
    await step(loaded, bridge('b', { draining: true }));
    expect([...draining]).toEqual([]);
    expect(entries).toMatchObject([
      {
        action: 'bridge.undrain',
        reason: expect.stringMatching(
          /^open 1 -> 2, 2 there: expected \+\d+ Mbit\/s by \d\d:\d\d, 99 % band; /,
        ),
        inputs: { policy: 'forecast', wanted: { open: 2 }, forecast: { within25: expect.any(Number) } },
      },
    ]);
    expect(scaling.latest('eu-1')?.decision.open).toEqual(new Set(['a', 'b']));
  });

  it('takes nothing away before it knows what was', async () => {
    draining.add('b');
    await step(bridge('a'), bridge('b', { draining: true }, { emptyReads: 3 }));
    expect(calls).toEqual([]);
    expect(scaling.latest('eu-1')?.decision.reasons[1]).toContain('held');
  });

  it('has more bridges than the policy wants where their operator asks for them', async () => {
    await knowing();
    await step(bridge('a'), bridge('b'));
    expect([...draining]).toHaveLength(1);
    draining.clear();
    await writeFile(join(folder, 'scale.yaml'), 'eu-1: { min: 2, timeZone: UTC }\n');
    await step(bridge('a'), bridge('b', { draining: true }));
    expect([...draining]).toEqual([]);
  });

  it('says how many people each has where something else scales them', async () => {
    await keeper.step(spec, at([...three, silent('d')]), never, true);
    expect(calls).toEqual([['rank', 'eu-1', { a: 2, b: 1, c: 3 }]]);
    expect([...draining]).toEqual([]);
  });
});
