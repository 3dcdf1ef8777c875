import { describe, expect, it } from 'vitest';
import { marksOfWish, marksPatch, marksText, refuseForeign } from './annotations.ts';
import { annotationOwners, storedMap } from './stored-map.ts';

const removed = {
  'usher.dev/desired': 'draining',
  'usher.dev/removing': 'true',
  'usher.dev/removed': '2030-01-01T00:00:00.000Z',
};

describe('marks of a shard', () => {
  it('are those of usher alone, and a patch has only what differs', () => {
    const before = marksText({ 'usher.dev/desired': 'cordoned', 'usher.dev/weight': '10', other: 'x' });
    expect(before).toBe('usher.dev/desired: cordoned\nusher.dev/weight: "10"\n');
    const after = marksText({ 'usher.dev/weight': '10', 'usher.dev/removing': 'true' });
    expect(marksPatch(before, after)).toEqual({ 'usher.dev/desired': null, 'usher.dev/removing': 'true' });
    expect(marksPatch(marksText({}), marksText({}))).toEqual({});
  });

  it('tell of a wish, and keep the weight', () => {
    const present = { 'usher.dev/weight': '10', 'usher.dev/force': 'true' };
    expect(marksText(marksOfWish('eu-1', present, { desired: 'draining', deadline: 0 }))).toBe(
      'usher.dev/deadline: 1970-01-01T00:00:00.000Z\nusher.dev/desired: draining\nusher.dev/weight: "10"\n',
    );
  });

  it('of one that was removed: it comes back by an uncordon, and by nothing else', () => {
    expect(marksText(marksOfWish('eu-1', removed, { desired: 'active' }))).toBe('{}\n');
    expect(marksOfWish('eu-1', removed, { desired: 'draining', removing: true })).toBe(removed);
    expect(() => marksOfWish('eu-1', removed, { desired: 'cordoned' })).toThrow(
      /^eu-1 was removed at 2030-01-01.*uncordon eu-1/,
    );
  });

  it('that others applied stand', () => {
    const map = storedMap.parse({
      metadata: {
        resourceVersion: '1',
        managedFields: [
          {
            manager: 'argocd',
            fieldsV1: { 'f:metadata': { 'f:annotations': { '.': {}, 'f:usher.dev/desired': {} } } },
          },
          {
            manager: 'usher-orchestrator',
            fieldsV1: { 'f:metadata': { 'f:annotations': { 'f:usher.dev/weight': {} } } },
          },
          { manager: 'kubectl', fieldsV1: { 'f:data': {} } },
        ],
      },
    });
    const owners = annotationOwners(map, 'usher-orchestrator');
    expect([...owners]).toEqual([['usher.dev/desired', ['argocd']]]);
    const present = { 'usher.dev/desired': 'draining', 'usher.dev/weight': '10' };
    refuseForeign(
      'here',
      present,
      { ...present, 'usher.dev/weight': '20', 'usher.dev/removing': 'true' },
      owners,
    );
    expect(() => refuseForeign('here', present, {}, owners)).toThrow(
      'here: argocd set usher.dev/desired to "draining", and would set it again',
    );
  });
});
