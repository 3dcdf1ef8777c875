import type { V1Node, V1Pod } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { chooseNode } from './choose-node.ts';

const nodes: V1Node[] = [
  { metadata: { name: 'node-1', labels: { zone: 'a' } } },
  { metadata: { name: 'node-2', labels: { zone: 'b' } } },
  { metadata: { name: 'node-3', labels: { zone: 'b' } }, spec: { unschedulable: true } },
];

function pod(spec: { hostPort?: number; nodeName?: string; protocol?: string; zone?: string }): V1Pod {
  const { hostPort, protocol = 'UDP', nodeName, zone } = spec;
  const ports = hostPort === undefined ? [] : [{ containerPort: 1, hostPort, protocol }];
  return {
    spec: {
      containers: [{ name: 'one', ports }],
      ...(nodeName && { nodeName }),
      ...(zone && { nodeSelector: { zone } }),
    },
  };
}

describe('chooseNode', () => {
  it.each([
    ['takes the emptiest', pod({}), [pod({ nodeName: 'node-1' })], { node: 'node-2' }],
    ['obeys a nodeSelector', pod({ zone: 'a' }), [pod({ nodeName: 'node-1' })], { node: 'node-1' }],
    [
      'shares no host port',
      pod({ hostPort: 10000 }),
      [
        pod({ hostPort: 10000, nodeName: 'node-1' }),
        pod({ nodeName: 'node-2' }),
        pod({ nodeName: 'node-2' }),
      ],
      { node: 'node-2' },
    ],
    [
      'tells protocols apart',
      pod({ hostPort: 10000 }),
      [pod({ hostPort: 10000, protocol: 'TCP', nodeName: 'node-1' }), pod({ nodeName: 'node-2' })],
      { node: 'node-1' },
    ],
    [
      'says why there is none',
      pod({ hostPort: 10000, zone: 'b' }),
      [pod({ hostPort: 10000, nodeName: 'node-2' })],
      {
        reason:
          "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, " +
          "1 node(s) didn't have free ports for the requested pod ports, 1 node(s) were unschedulable.",
      },
    ],
  ])('%s', (_, wanted, placed, expected) => {
    expect(chooseNode(wanted, nodes, placed)).toEqual(expected);
  });
});
