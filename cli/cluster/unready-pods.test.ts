import { describe, expect, it } from 'vitest';
import { describeUnready } from './unready-pods.ts';

type Pod = Parameters<typeof describeUnready>[0][number];

function pod(name: string, status: Partial<Pod['status']>): Pod {
  const nothing = { phase: 'Pending', conditions: [], initContainerStatuses: [], containerStatuses: [] };
  return { metadata: { name }, status: { ...nothing, ...status } };
}
const waiting = (reason: string, message?: string) => ({
  ready: false,
  state: { waiting: { reason, message } },
});
const condition = (type: string, status: string, reason = '', message = '') => ({
  type,
  status,
  reason,
  message,
});

describe('describeUnready', () => {
  it.each([
    [pod('a', { conditions: [condition('Ready', 'True')] }), ''],
    [pod('a', { phase: 'Succeeded' }), ''],
    [pod('a', {}), 'a: Pending'],
    [
      pod('a', {
        conditions: [condition('PodScheduled', 'False', 'Unschedulable', '0/3 nodes have the port')],
      }),
      'a: Unschedulable: 0/3 nodes have the port',
    ],
    [
      pod('a', { containerStatuses: [waiting('CreateContainerConfigError', 'secret "s" not found')] }),
      'a: CreateContainerConfigError: secret "s" not found',
    ],
    [
      pod('a', {
        containerStatuses: [
          { ...waiting('CrashLoopBackOff'), lastState: { terminated: { reason: 'OOMKilled' } } },
        ],
      }),
      'a: CrashLoopBackOff: last end: OOMKilled',
    ],
    [pod('a', { phase: 'Running', containerStatuses: [{ ready: false, state: {} }] }), 'a: not ready'],
  ])('says why, in Kubernetes’ own words: %#', (one, words) => {
    expect(describeUnready([one])).toBe(words);
  });

  it('names three, counts the others, and leaves out those that are to end', () => {
    const ending = { ...pod('e', {}), metadata: { name: 'e', deletionTimestamp: '2026-01-01T00:00:00Z' } };
    const all = ['a', 'b', 'c', 'd'].map((name) => pod(name, {}));
    expect(describeUnready([ending, ...all])).toBe(
      'a: Pending; b: Pending; c: Pending; 1 pod more not ready',
    );
  });
});
