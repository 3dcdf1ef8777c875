import { describe, expect, it } from 'vitest';
import { clearExpired } from './clear-expired.ts';
import { editScale, scaleChange } from './scale-change.ts';
import { parseScale, planScale } from './scale-file.ts';

const path = 'scale.yaml';

/** The file after these changes of a shard, one after the other. */
function edited(text: string | undefined, shard: string, ...changes: object[]): string {
  return changes.reduce<string>((before, change) => {
    const parsed = scaleChange.parse(change);
    const plan = planScale({ path, text: before }, (document) => editScale(document, shard, parsed));
    return plan.change.after ?? '';
  }, text as string);
}

const rules = (text: string) => text.replace(/^#.*\n+/, '');
const window = { name: 'office', from: '08:00', to: '18:00', min: 4 };

describe('editScale', () => {
  it.each<[string, object[], string]>([
    ['values', [{ min: 2, max: 6, bridgeMbps: 250.5 }], 'eu-1:\n  bridgeMbps: 250.5\n  min: 2\n  max: 6\n'],
    ['a policy by its name', [{ policy: 'hpa' }], 'eu-1:\n  policy: hpa\n'],
    [
      'a policy with options',
      [{ policy: { name: 'hpa', options: { target: 0.6 } } }],
      'eu-1:\n  policy:\n    name: hpa\n    options:\n      target: 0.6\n',
    ],
    [
      'nothing of what is taken back',
      [
        { min: 2, max: 6 },
        { min: null, max: null },
      ],
      '',
    ],
    [
      'nothing of what never was',
      [{ removeEvent: 'x', removeSchedule: 'x', paused: false, floor: null, min: null }],
      '',
    ],
    [
      'a floor of each kind',
      [
        { floor: { bridges: 2 } },
        { floor: { bridges: 6, until: '2030-05-01T14:00Z' } },
        { floor: { bridges: 3 } },
        { floor: { bridges: 7, until: '2030-05-02T14:00Z' } },
      ],
      'eu-1:\n  floors:\n    - bridges: 3\n    - bridges: 7\n      until: 2030-05-02T14:00Z\n',
    ],
    ['no floor any more', [{ floor: { bridges: 2 } }, { floor: null }], ''],
    [
      'one schedule of a name',
      [
        { schedule: window },
        { schedule: { ...window, name: 'b' } },
        { schedule: { ...window, min: 5 } },
        { removeSchedule: 'b' },
      ],
      'eu-1:\n  schedules:\n    - name: office\n      from: 08:00\n      to: 18:00\n      min: 5\n',
    ],
    [
      'an event',
      [{ event: { name: 'a', at: '2030-05-01T14:00', people: 400 } }],
      'eu-1:\n  events:\n    - name: a\n      at: 2030-05-01T14:00\n      people: 400\n',
    ],
    ['a pause', [{ paused: true }], 'eu-1:\n  paused: true\n'],
    [
      'a pause with an end',
      [{ paused: { until: '2030-05-01T14:00Z' } }],
      'eu-1:\n  paused:\n    until: 2030-05-01T14:00Z\n',
    ],
    ['no pause any more', [{ paused: true }, { paused: false }], ''],
  ])('writes %s', (_what, changes, text) => {
    const written = edited(undefined, 'eu-1', ...changes);
    expect(rules(written)).toBe(text);
    expect(() => parseScale({ path, text: written })).not.toThrow();
  });

  it('keeps what people wrote, and what it is not about', () => {
    const text = `# Ours.
"*":
  timeZone: Europe/Berlin # headquarters
# The big one.
eu-1:
  min: 2 # since May
  schedules:
    - { name: night, from: "22:00", to: "06:00", max: 3 } # nobody is here
`;
    const changed = edited(text, 'eu-1', { min: 3 }, { floor: { bridges: 4 } });
    expect(changed).toBe(`${text.replace('min: 2', 'min: 3')}  floors:\n    - bridges: 4\n`);
    expect(edited(changed, 'eu-1', { min: 2, floor: null })).toBe(text);
  });

  it('leaves a heading for the next one who writes', () => {
    const empty = edited(undefined, '*', { min: 2 }, { min: null });
    expect(empty).toMatch(/^# .*\n+$/);
    expect(edited(empty, '*', { min: 2 })).toBe(edited(undefined, '*', { min: 2 }));
    expect(edited('# Ours.\n"*":\n  min: 2\n', '*', { min: null })).toBe('# Ours.\n\n');
  });

  it.each([
    [{}, 'nothing is said'],
    [{ min: 0 }, '>=1'],
    [{ policy: 'best' }, 'forecast'],
    [{ policy: { name: 'hpa', options: { goal: 1 } } }, 'policy hpa has no goal; it has target'],
    [{ timeZone: 'Berlin' }, 'as in Europe/Berlin'],
    [{ floor: { bridges: 2, until: 'tomorrow' } }, 'expected a time, as in 2030'],
    [{ floor: { bridges: 2, until: '2030-02-30T10:00Z' } }, 'expected a time, as in 2030'],
    [{ schedule: { ...window, from: '8' } }, '00:00 to 24:00'],
    [{ schedule: { ...window, to: '08:00' } }, 'a whole day is'],
    [{ schedule: { ...window, max: 3 } }, 'must not be above max'],
    [{ schedule: { name: 'a', from: '08:00', to: '09:00' } }, 'give min, max or noScaleDown'],
    [{ colour: 'red' }, 'colour'],
  ])('refuses %j', (change, message) => {
    expect(JSON.stringify(scaleChange.safeParse(change).error?.issues)).toContain(message);
  });
});

describe('parseScale', () => {
  it.each([
    ['eu-1:\n  mni: 2\n', /scale.yaml:2:3: unknown setting "eu-1.mni"/],
    ['eu-1:\n  min: two\n', /scale.yaml:2:8: eu-1.min: expected .*; found "two"/],
    ['Eu_1: {}\n', /scale.yaml:1:\d+: .*the name of a shard, or "\*"/],
    ['eu-1: { min: 5, max: 4 }\n', /scale.yaml:1:\d+: eu-1.min: must not be above max; found 5/],
    ['eu-1: [\n', /broken YAML/],
  ])('says where %j is wrong', (text, message) => {
    expect(() => parseScale({ path, text })).toThrow(message);
  });
});

describe('clearExpired', () => {
  it('takes out what is over, by the clocks of its zone, and nothing else', () => {
    const text = `"*":
  timeZone: Europe/Berlin
  paused: { until: 2030-05-01T13:59 }
eu-1:
  paused: { until: 2030-05-01T14:01 }
  floors:
    - { bridges: 2 }
    - { bridges: 3, until: 2030-05-01T14:00 }
    - { bridges: 4, until: 2030-05-01T12:01Z }
  events:
    - { name: over, at: 2030-05-01T13:45, people: 5 }
    - { name: on, at: 2030-05-01T13:46, people: 5 }
eu-2:
  timeZone: UTC
  floors: [{ bridges: 3, until: 2030-05-01T12:01 }]
eu-3:
  events: [{ name: over, at: 2030-05-01T12:00, people: 5 }]
`;
    const now = Date.parse('2030-05-01T12:00:00Z');
    const { settings } = planScale({ path, text }, (document) =>
      clearExpired(document, parseScale({ path, text }), {}, now),
    );
    expect(settings).toEqual({
      '*': { timeZone: 'Europe/Berlin' },
      'eu-1': {
        paused: { until: '2030-05-01T14:01' },
        floors: [{ bridges: 2 }, { bridges: 4, until: '2030-05-01T12:01Z' }],
        events: [{ name: 'on', at: '2030-05-01T13:46', people: 5 }],
      },
      'eu-2': { timeZone: 'UTC', floors: [{ bridges: 3, until: '2030-05-01T12:01' }] },
    });
  });
});
