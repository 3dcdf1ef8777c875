import { describe, expect, it } from 'vitest';
import { bridgePod } from '../../shards/kubernetes/testing/objects.ts';
import { describeUnready } from './unready-pods.ts';

describe('describeUnready', () => {
  it('says nothing of pods that are ready, that end, and that have done what they were for', () => {
    const { metadata, status } = bridgePod('e', { isReady: false });
    const ending = { metadata: { ...metadata, deletionTimestamp: '2026-11-21T10:00:00Z' }, status };
    const done = { metadata, status: { ...status, phase: 'Succeeded' } };
    expect(describeUnready([bridgePod('a'), ending, done])).toBe('');
  });

  it('names three with their reasons, and counts the others', () => {
    const all = ['a', 'b', 'c', 'd'].map((name) => bridgePod(name, { isReady: false }));
    expect(describeUnready(all)).toBe('a: is starting; b: is starting; c: is starting; 1 pod more not ready');
  });
});
