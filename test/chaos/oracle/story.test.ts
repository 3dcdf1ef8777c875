import { expect, it } from 'vitest';
import { noticeMs } from './fault-log.ts';
import { tellStory } from './story.ts';

it('tells the faults that were to be felt and the events of that meeting, in their order', () => {
  const at = 100_000;
  const fault = (kind: string, from: number, until?: number) => ({
    kind,
    target: 'it',
    blame: {},
    from,
    ...(until !== undefined && { until }),
  });
  const seat = { what: 'joined', shard: 'x', proxy: 'a', transport: 'bosh' } as const;
  const story = tellStory(
    {
      kind: 'cut',
      room: '/r',
      at: at + 5_000,
      what: 'p1 lost its session',
      events: [
        { at, who: 'p1', ...seat },
        { at: at + 5_000, who: 'p1', what: 'lost', by: 'session' },
        { at: at + 9_000, who: 'p1', what: 'left' },
      ],
    },
    [
      fault('long-ago', at - 2 * noticeMs, at - noticeMs - 1),
      fault('during', at + 1_000, at + 2_000),
      fault('lasting', at + 3_000),
      fault('later', at + 6_000),
    ],
  );
  expect(story).toEqual([
    'CUT: room /r: p1 lost its session',
    '   0.0 s  p1 is on x, by a (bosh)',
    '   1.0 s  FAULT during: it',
    '   2.0 s  during is over',
    '   3.0 s  FAULT lasting: it',
    '   5.0 s  p1 lost its session',
    '   5.0 s  cut',
  ]);
});
