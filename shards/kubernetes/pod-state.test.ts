import { describe, expect, it } from 'vitest';
import { podTrouble } from './pod-state.ts';
import { bridgePod } from './testing/objects.ts';

describe('podTrouble', () => {
  it.each([
    [
      'a Secret that is not there',
      { containerStatuses: [waiting('CreateContainerConfigError', 'secret "shard-passwords" not found')] },
      'container jvb: CreateContainerConfigError: secret "shard-passwords" not found',
    ],
    [
      'an image that is not there',
      { containerStatuses: [waiting('ImagePullBackOff', 'Back-off pulling image "jitsi/jvb:nope"')] },
      'container jvb: ImagePullBackOff: Back-off pulling image "jitsi/jvb:nope"',
    ],
    [
      'how one that is started anew ended',
      {
        containerStatuses: [
          {
            ...waiting('CrashLoopBackOff', 'back-off 5m0s'),
            lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
          },
        ],
      },
      'container jvb: CrashLoopBackOff: back-off 5m0s; it ended with exit code 137 (OOMKilled)',
    ],
    [
      'what initialises, before what waits for it',
      {
        initContainerStatuses: [
          { name: 'media-port', state: { terminated: { exitCode: 1, reason: 'Error' } } },
        ],
        containerStatuses: [waiting('PodInitializing')],
      },
      'container media-port ended with exit code 1 (Error)',
    ],
    [
      'no node for it',
      {
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/6 nodes' },
        ],
      },
      'Unschedulable: 0/6 nodes',
    ],
    [
      'nothing but its probes',
      { containerStatuses: [{ name: 'jvb', state: { running: { startedAt: '2026-11-21T09:00:00Z' } } }] },
      'runs, and is not ready',
    ],
    ['a start that goes well', { containerStatuses: [waiting('ContainerCreating')] }, 'is starting'],
  ])('says %s', (_, status, words) => {
    const { metadata } = bridgePod('a');
    expect(podTrouble({ metadata, status })).toBe(words);
  });

  it('says nothing of one that is ready', () => {
    expect(podTrouble(bridgePod('a'))).toBeUndefined();
  });
});

function waiting(reason: string, message?: string) {
  return { name: 'jvb', state: { waiting: { reason, message } } };
}
