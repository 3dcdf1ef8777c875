import { expect, it } from 'vitest';
import { countRequests } from './audit-log.ts';

it('counts requests by verb and resource, a watch when it begins', () => {
  const line = (stage: string, verb: string, resource: string, subresource?: string) =>
    JSON.stringify({
      stage,
      verb,
      requestURI: '/x',
      objectRef: { resource, ...(subresource && { subresource }) },
    });
  const log = [
    line('ResponseStarted', 'watch', 'pods'),
    line('ResponseComplete', 'watch', 'pods'),
    line('ResponseComplete', 'update', 'leases'),
    line('ResponseComplete', 'update', 'leases'),
    line('ResponseComplete', 'patch', 'deployments', 'scale'),
    JSON.stringify({ stage: 'ResponseComplete', verb: 'get', requestURI: '/healthz' }),
  ].join('\n');
  expect(Object.fromEntries(countRequests(`${log}\n`))).toEqual({
    'watch pods': 1,
    'update leases': 2,
    'patch deployments/scale': 1,
    'get /healthz': 1,
  });
});
