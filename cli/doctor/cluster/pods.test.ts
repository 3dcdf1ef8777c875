import { expect, it } from 'vitest';
import { bridgePod } from '../../../shards/kubernetes/testing/objects.ts';
import { judgePart } from './pods.ts';

const ready = bridgePod('p-0');
const unready = bridgePod('p-1', { isReady: false });
const ending = { ...unready, metadata: { ...unready.metadata, deletionTimestamp: '2026-11-21T09:00:00Z' } };

it.each([
  ['all are ready', [ready, ready], []],
  ['one of two is not', [ready, unready], [['warn', 'pod p-1', 'is starting']]],
  ['none is', [unready], [['error', 'pod p-1', 'is starting']]],
  ['one ends', [ready, ending], []],
  ['there is none', [ending], [['error', 'jvb', 'has no pod']]],
])('when %s', (_, pods, findings) => {
  expect(judgePart('jvb', pods).map(({ severity, where, what }) => [severity, where, what])).toEqual(
    findings,
  );
  expect(judgePart('redis', pods)).toMatchObject([{ severity: 'error', where: 'redis' }]);
});
