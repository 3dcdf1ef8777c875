import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideShards, type GroupShard, type GroupShardState, type ShardsView } from './decide-shards.ts';

const hour = 3_600_000;
const shard = (
  name: string,
  state: GroupShardState,
  load: number | undefined,
  limit = 1_000,
): GroupShard => ({
  name,
  state,
  limit,
  load,
});
const view = (shards: readonly GroupShard[], over: Partial<ShardsView> = {}): ShardsView => ({
  now: 1_000 * hour,
  shards,
  settings: { nearAt: 0.8, min: 1, max: 4, drainAfterMs: 24 * hour },
  forecast: { withinHour: undefined, weekHighest: undefined },
  busy: undefined,
  changedAt: 0,
  wasShort: false,
  ...over,
});
const outlook = (withinHour: number, weekHighest: number | undefined) => ({
  forecast: { withinHour, weekHighest },
});
const open = (load: number | undefined, name = 'eu-1') => shard(name, 'open', load);
const quiet = [open(300), open(100, 'eu-2'), open(200, 'eu-3')];

describe('decideShards', () => {
  const settings = view([]).settings;
  const cases: [string, ShardsView, object][] = [
    [
      'adds one like another when what is there now is too much',
      view([open(801)]),
      { do: 'add', from: 'eu-1' },
    ],
    ['adds one before it is', view([open(500)], outlook(801, undefined)), { do: 'add', from: 'eu-1' }],
    ['does nothing below', view([open(800)], outlook(800, 800)), { do: 'nothing', isShort: false }],
    [
      'goes by the limits of each',
      view([open(900), shard('eu-2', 'open', 100, 500)]),
      { do: 'nothing', isShort: false },
    ],
    [
      'changes nothing by what is not known',
      view([open(undefined), open(900, 'eu-2')], outlook(5_000, 0)),
      { do: 'nothing', reason: 'not known what eu-1 carries' },
    ],
    [
      'waits for the one that starts',
      view([open(900), shard('eu-2', 'starting', 0)]),
      { do: 'nothing', isShort: true, reason: 'short of room, and eu-2 starts' },
    ],
    [
      'waits for an upgrade',
      view([open(900)], { busy: 'an upgrade is running' }),
      { do: 'nothing', isShort: true, reason: 'short of room, and an upgrade is running' },
    ],
    [
      'takes its own drain back first, of the fullest',
      view([open(900), shard('eu-2', 'spare', 5), shard('eu-3', 'spare', 20)]),
      { do: 'undrain', shard: 'eu-3' },
    ],
    [
      'leaves the drain of an operator',
      view([open(900), shard('eu-2', 'leaving', 20), shard('eu-3', 'closed', 0)]),
      { do: 'add', from: 'eu-1' },
    ],
    [
      'counts who is still on those that drain',
      view([open(500), shard('eu-2', 'leaving', 400)]),
      { do: 'add', from: 'eu-1' },
    ],
    [
      'does not replace one that is unwell',
      view([open(600), shard('eu-2', 'unwell', 600)]),
      { do: 'nothing' },
    ],
    ['replaces one that is down', view([open(900), shard('eu-2', 'down', undefined)]), { do: 'add' }],
    [
      'has its limit',
      view([open(900)], { settings: { ...settings, max: 1 } }),
      { do: 'nothing', isShort: true, reason: 'short of room, and at its limit, 1 shard of at most 1' },
    ],
    [
      'is short until there is clearly enough',
      view([open(770)], { wasShort: true }),
      { do: 'add', isShort: true },
    ],
    ['is short no more then', view([open(760)], { wasShort: true }), { do: 'nothing', isShort: false }],
    ['drains the emptiest', view(quiet, outlook(600, 1_200)), { do: 'drain', shard: 'eu-2' }],
    ['keeps what the week needed', view(quiet, outlook(600, 1_300)), { do: 'nothing', isShort: false }],
    ['keeps what the hour needs', view(quiet, outlook(1_300, 600)), { do: 'nothing', isShort: false }],
    [
      'drains none before a week is known',
      view(quiet, outlook(600, undefined)),
      { do: 'nothing', reason: 'not a week of history yet' },
    ],
    [
      'keeps the least number',
      view(quiet, { ...outlook(600, 600), settings: { ...settings, min: 3 } }),
      { do: 'nothing', reason: 'as few shards as there may be' },
    ],
    [
      'drains none soon after a change',
      view(quiet, { ...outlook(6, 6), changedAt: 980 * hour }),
      { do: 'nothing' },
    ],
    [
      'drains one after the other',
      view([...quiet, shard('eu-4', 'spare', 1)], outlook(6, 6)),
      { do: 'nothing' },
    ],
    [
      'drains the next when the last is empty',
      view([...quiet, shard('eu-4', 'spare', 0)], outlook(6, 6)),
      { do: 'drain' },
    ],
    [
      'drains none while one is unwell',
      view([...quiet, shard('eu-4', 'unwell', 1)], outlook(6, 6)),
      { do: 'nothing' },
    ],
    [
      'drains none during an upgrade',
      view(quiet, { ...outlook(6, 6), busy: 'an upgrade' }),
      { do: 'nothing' },
    ],
  ];
  it.each(cases)('%s', (_, given, expected) => {
    expect(decideShards(given)).toMatchObject(expected);
  });

  const state = fc.constantFrom<GroupShardState>(
    'open',
    'starting',
    'unwell',
    'down',
    'closed',
    'spare',
    'leaving',
  );
  const anyShards = fc.array(
    fc.record({
      state,
      load: fc.option(fc.nat(1_200), { nil: undefined }),
      limit: fc.integer({ min: 50, max: 2_000 }),
    }),
    { maxLength: 8 },
  );
  const anyView = fc
    .record({
      shards: anyShards,
      within: fc.option(fc.nat(9_000), { nil: undefined }),
      week: fc.option(fc.nat(9_000), { nil: undefined }),
      wasShort: fc.boolean(),
    })
    .map(({ shards, within, week, wasShort }) =>
      view(
        shards.map((one, index) => ({ name: `eu-${index + 1}`, ...one })),
        { forecast: { withinHour: within, weekHighest: week }, wasShort },
      ),
    );

  it('never drains below the least, nor anything while it does not know', () => {
    fc.assert(
      fc.property(anyView, (given) => {
        const decision = decideShards(given);
        if (decision.do !== 'drain') return;
        const before = given.shards.filter((one) => one.state === 'open');
        expect(before.length).toBeGreaterThan(given.settings.min);
        expect(before.map(({ name }) => name)).toContain(decision.shard);
        expect(given.shards.some((one) => one.state === 'starting' || one.load === undefined)).toBe(false);
      }),
    );
  });

  it('never flaps: what it drains is not missed, and what it adds is not drained, while the load stays', () => {
    fc.assert(
      fc.property(anyView, (given) => {
        const first = decideShards(given);
        if (first.do === 'nothing') return;
        const changed = {
          add: [...given.shards, { name: 'new', state: 'open', limit: 1_000, load: 0 } as const],
          drain: stateTo(given.shards, first, 'spare'),
          undrain: stateTo(given.shards, first, 'open'),
        }[first.do];
        // Long after: nothing but the load holds it back.
        const then = decideShards({ ...given, shards: changed, wasShort: first.isShort });
        const opposite = first.do === 'drain' ? ['add', 'undrain'] : ['drain'];
        expect(opposite).not.toContain(then.do);
      }),
    );
  });
});

function stateTo(
  shards: readonly GroupShard[],
  decision: object,
  state: GroupShardState,
): readonly GroupShard[] {
  const name = 'shard' in decision ? decision.shard : '';
  return shards.map((one) => (one.name === name ? { ...one, state } : one));
}
