import { describe, expect, it } from 'vitest';
import { decideRemoval, victimCost } from './decide-removal.ts';
import type { Pod } from './objects.ts';
import { bridgePod, bridgesDeploymentOf } from './testing/objects.ts';

const [a, b, c] = ['a', 'b', 'c'].map((name) => bridgePod(name)) as [Pod, Pod, Pod];
const cheapA = bridgePod('a', { cost: victimCost });
const rest = { replicas: 3, running: 3 };

describe('decideRemoval', () => {
  it.each([
    ['marks those that are to go', rest, [a, b, c], ['a'], { kind: 'cost', pods: [a], cost: victimCost }],
    ['asks for fewer when they are marked', rest, [cheapA, b, c], ['a'], { kind: 'lower', replicas: 2 }],
    [
      'asks for as many fewer as there are of them',
      rest,
      [cheapA, bridgePod('b', { cost: victimCost }), c],
      ['a', 'b', 'gone'],
      { kind: 'lower', replicas: 1 },
    ],
    [
      'first takes the mark from one that is to stay after all',
      rest,
      [cheapA, b, c],
      ['b'],
      { kind: 'cost', pods: [cheapA], cost: undefined },
    ],
    [
      'does not lower again what one that died has lowered, and nobody has seen yet',
      { replicas: 2, running: 3, isObserved: false },
      [cheapA, b, c],
      ['a'],
      { kind: 'wait' },
    ],
    [
      'does not lower again what is becoming fewer',
      { replicas: 2, running: 3 },
      [cheapA, b, c],
      ['a'],
      { kind: 'wait' },
    ],
    [
      'waits while another removal is under way, and touches no mark',
      { replicas: 2, running: 3 },
      [cheapA, b, c],
      ['b'],
      { kind: 'wait' },
    ],
    [
      'waits while the pods are others than the Deployment says',
      { replicas: 3, running: 2 },
      [a, b, c],
      ['a'],
      { kind: 'wait' },
    ],
    ['waits while a bridge is to come', { replicas: 4, running: 3 }, [a, b, c], ['a'], { kind: 'wait' }],
    ['is done when none is there', rest, [a, b, c], ['gone'], { kind: 'done' }],
    ['is done when the last one is going', { replicas: 0, running: 0 }, [], ['a'], { kind: 'done' }],
    [
      'does nothing while one that stays is not ready: it would go first',
      rest,
      [a, b, bridgePod('c', { isReady: false })],
      ['a'],
      { kind: 'refuse', reason: 'c, which stays, is not ready and would go first' },
    ],
    [
      'removes one that is not ready',
      rest,
      [bridgePod('a', { cost: victimCost, isReady: false }), b, c],
      ['a'],
      { kind: 'lower', replicas: 2 },
    ],
    [
      'does nothing during a rollout',
      { replicas: 3, running: 3, updated: 1 },
      [cheapA, b, c],
      ['a'],
      { kind: 'refuse', reason: 'the Deployment jvb is being rolled out' },
    ],
    [
      "leaves an autoscaler's bridges alone",
      { ...rest, annotations: { 'usher.dev/scaled-by': 'hpa' } },
      [cheapA, b, c],
      ['a'],
      { kind: 'refuse' },
    ],
  ])('%s', (_, deployment, pods, names, step) => {
    expect(decideRemoval({ deployment: bridgesDeploymentOf(deployment), pods }, names)).toMatchObject(step);
  });

  it('lowers only the Deployment that it has seen', () => {
    const deployment = bridgesDeploymentOf(rest);
    expect(decideRemoval({ deployment, pods: [cheapA, b, c] }, ['a'])).toMatchObject({
      resourceVersion: deployment.metadata.resourceVersion,
    });
  });
});
