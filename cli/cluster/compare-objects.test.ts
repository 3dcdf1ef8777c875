import { describe, expect, it } from 'vitest';
import { compareObjects } from './compare-objects.ts';
import type { Manifest } from './manifest.ts';

const object = (more: object, kind = 'ConfigMap'): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'x', resourceVersion: '1', generation: 1, managedFields: [] },
  status: { phase: 'old' },
  ...more,
});

describe('compareObjects', () => {
  it.each([
    ['a value', { a: 1 }, { a: 2 }, [{ field: 'a', live: 1, wanted: 2 }]],
    ['what comes', {}, { a: { b: 1 } }, [{ field: 'a', live: undefined, wanted: { b: 1 } }]],
    ['what goes', { a: [1, 2] }, { a: [1] }, [{ field: 'a[1]', live: 2, wanted: undefined }]],
    [
      'a key with dots',
      { a: { 'x/y.z': 'o' } },
      { a: { 'x/y.z': 'n' } },
      [{ field: 'a["x/y.z"]', live: 'o', wanted: 'n' }],
    ],
    ['nothing', { a: { b: [{ c: 1 }] } }, { a: { b: [{ c: 1 }] } }, []],
  ])('finds %s', (_, live, wanted, found) => {
    expect(compareObjects(object(live), object(wanted))).toEqual(found);
  });

  it('looks past what is the server’s own', () => {
    const other = { name: 'x', resourceVersion: '2', generation: 2, managedFields: [{}] };
    expect(compareObjects(object({}), object({ metadata: other, status: {} }))).toEqual([]);
  });

  it('shows no value of a Secret', () => {
    const found = compareObjects(
      object({ data: { k: 'b2xk' } }, 'Secret'),
      object({ data: { k: 'bmV3' } }, 'Secret'),
    );
    expect(found).toEqual([{ field: 'data.k', live: '(hidden)', wanted: '(hidden)' }]);
  });
});
