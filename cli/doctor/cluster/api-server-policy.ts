import { z } from 'zod';
import { type Finding, warn } from '../finding.ts';
import type { ClusterCheck } from './cluster-view.ts';

/** What `usher init` writes: an address that nobody has (RFC 5737). */
const placeholder = '192.0.2.1/32';
const policy = z.object({
  spec: z.object({
    ingress: z
      .array(
        z.object({
          from: z.array(z.object({ ipBlock: z.object({ cidr: z.string() }).optional() })).default([]),
        }),
      )
      .default([]),
  }),
});
type Policy = z.infer<typeof policy>;

/** Does the NetworkPolicy let the cluster's own API server in, through which the CLI comes? */
export const apiServerPolicyCheck: ClusterCheck = {
  name: 'policy',
  about: 'the NetworkPolicy api-server names the addresses of the API server',
  live: false,
  async run({ server, namespace }) {
    const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies/api-server`;
    return judgePolicy(await server.find(path, policy));
  },
};

/** A placeholder that nobody replaced; without the policy, the fleet has a way of its own. */
export function judgePolicy(found: Policy | undefined): Finding[] {
  const blocks = found?.spec.ingress.flatMap(({ from }) => from.map(({ ipBlock }) => ipBlock?.cidr)) ?? [];
  if (!blocks.includes(placeholder)) return [];
  const what = `names ${placeholder}, which stands for the API server's addresses: where policies are enforced, no command reaches the orchestrators`;
  const advice =
    'put the addresses of `kubectl get endpoints kubernetes` into usher/api-server.yaml, and apply it';
  return [warn('NetworkPolicy api-server', what, advice)];
}
