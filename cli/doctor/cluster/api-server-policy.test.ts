import { expect, it } from 'vitest';
import { judgePolicy } from './api-server-policy.ts';

const policy = (...from: { ipBlock?: { cidr: string } }[]) => ({ spec: { ingress: [{ from }] } });

it.each([
  ['none', undefined, 0],
  ['one with real addresses', policy({ ipBlock: { cidr: '10.0.0.1/32' } }), 0],
  ['one by labels', policy({}), 0],
  [
    'the placeholder among others',
    policy({ ipBlock: { cidr: '10.0.0.1/32' } }, { ipBlock: { cidr: '192.0.2.1/32' } }),
    1,
  ],
])('of %s', (_, found, warnings) => {
  expect(judgePolicy(found).filter(({ severity }) => severity === 'warn')).toHaveLength(warnings);
});
