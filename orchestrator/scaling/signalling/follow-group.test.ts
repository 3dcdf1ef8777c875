import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../../common/log.ts';
import { StickTableMirror } from '../../../haproxy/stick-table/mirror.ts';
import { testShard } from '../../../haproxy/stick-table/testing/test-shard.ts';
import { folderWishes } from '../../../shards/overlay/folder-wishes.ts';
import type { Wishes } from '../../../shards/overlay/wishes.ts';
import { createTemporaryFleet, type TemporaryFleet } from '../../../test/fleet/temporary-fleet.ts';
import type { AuditEntry } from '../../audit/audit.ts';
import { SparingAudit } from '../../audit/sparing-audit.ts';
import type { Control } from '../../control/control.ts';
import type { GroupOutlook } from './decide-shards.ts';
import { followGroup } from './follow-group.ts';
import type { GroupHistory } from './group-history.ts';
import type { SignallingSettings } from './settings.ts';
import { signallingLimits, signallingOf } from './signalling.ts';
import { SignallingBook } from './signalling-book.ts';
import { groupShards } from './view-groups.ts';

let fleet: TemporaryFleet;
let entries: AuditEntry[];
let leads: boolean;
let audit: SparingAudit;

beforeEach(async () => {
  fleet = await createTemporaryFleet({ shards: { 'eu-1': 'eu', 'eu-2': 'eu' } });
  entries = [];
  leads = true;
  audit = new SparingAudit({ record: (entry) => entries.push(entry) });
});
afterEach(() => fleet.delete());

/** One look at two shards that carry so many participants each, of 1,000. */
async function look(people: number, { settings = {}, wishes = {}, outlook = {} }: LookOptions = {}) {
  const stood = folderWishes(fleet.folder);
  const signalling = { ...fleet.fleet.scaling.signalling, ...settings };
  const control = {
    fleet: { ...fleet.fleet, scaling: { signalling } },
    wishes: { ...stood, ...wishes },
    election: {
      token() {
        if (!leads) throw new Error('another orchestrator leads by now');
      },
    },
    signalling: new SignallingBook(),
    log: createLogger('test', 'silent'),
  } as unknown as Control;
  const specs = await stood.shards();
  const mirror = new StickTableMirror();
  for (const { name } of specs.slice(0, 2)) mirror.shards.set(name, testShard(name));
  const [measured] = specs.map((spec) => signallingOf(people, undefined, signallingLimits(spec, signalling)));
  if (!measured) throw new Error('no shards');
  const all = new Map(specs.map(({ name }) => [name, { ...measured, isNear: false }]));
  const forecast: GroupOutlook = { withinHour: undefined, weekHighest: undefined, ...outlook };
  const history = { look: async () => forecast } as unknown as GroupHistory;
  const group = { name: 'main/eu', specs: groupShards(specs).get('main/eu') ?? [], history };
  return followGroup(
    control,
    group as Parameters<typeof followGroup>[1],
    { now: Date.now(), mirror, specs, signalling: all, changes: new Map(), busy: undefined },
    audit,
  );
}

interface LookOptions {
  readonly settings?: Partial<SignallingSettings>;
  readonly wishes?: Partial<Wishes>;
  readonly outlook?: Partial<GroupOutlook>;
}

const wished = async () =>
  (await folderWishes(fleet.folder).shards()).map(({ name, desired }) => `${name} ${desired}`);
const said = () => entries.map(({ action, outcome }) => `${action}: ${outcome}`);
const quiet = { withinHour: 100, weekHighest: 100 };

describe('followGroup', () => {
  it('changes nothing where it is to advise, and says so once', async () => {
    const advice = 'usher shard add eu-3 --region eu --bridges 1..2';
    for (const people of [900, 910]) expect((await look(people)).advice).toBe(advice);
    expect((await look(10, { outlook: quiet })).advice).toBe('usher shard drain eu-1');
    expect(await wished()).toEqual(['eu-1 active', 'eu-2 active']);
    expect(said()).toEqual([
      `signalling.add: advised: ${advice}`,
      'signalling.drain: advised: usher shard drain eu-1',
    ]);
  });

  it('does it where it is to follow', async () => {
    expect((await look(10, { settings: { shards: 'follow' }, outlook: quiet })).advice).toBe(undefined);
    expect(await wished()).toEqual(['eu-1 draining', 'eu-2 active']);
    expect(said()).toEqual(['signalling.drain: ok']);
  });

  it('adds, and waits for it', async () => {
    for (const people of [900, 900]) await look(people, { settings: { shards: 'follow' } });
    expect(await wished()).toEqual(['eu-1 active', 'eu-2 active', 'eu-3 active']);
    expect(said()).toEqual(['signalling.add: ok', 'signalling.short: nothing is done']);
  });

  it('advises where nobody here writes overlays', async () => {
    const { advice } = await look(900, { settings: { shards: 'follow' }, wishes: { canAdd: false } });
    expect(advice).toMatch(/^usher shard add eu-3/);
    expect(await wished()).toEqual(['eu-1 active', 'eu-2 active']);
  });

  it('changes nothing when another leads by now, and says why', async () => {
    leads = false;
    await look(900, { settings: { shards: 'follow' } });
    expect(await wished()).toEqual(['eu-1 active', 'eu-2 active']);
    expect(said()).toEqual(['signalling.add: another orchestrator leads by now']);
  });
});
