import { type Address, hostPort } from '../../haproxy/config/address.ts';

/** What is known when a Redis node with replicas does not run. */
export interface NodeView {
  readonly address: Address;
  /** The primary by most Sentinels; undefined while they don't answer or don't agree. */
  readonly primary: Address | undefined;
  /** Whether any other node runs. */
  readonly othersRun: boolean;
}

/** How to start the node, and why. */
export type NodeStart =
  | { as: 'replica'; of: Address; reason: string }
  | { as: 'primary'; reason: string }
  | { as: 'nothing yet'; reason: string };

/**
 * How a node comes back. It is empty, so it must not be primary while another node has the table: its replicas
 * would empty themselves to be like it.
 */
export function decideNodeStart({ address, primary, othersRun }: NodeView): NodeStart {
  if (primary === undefined) return { as: 'nothing yet', reason: 'most Sentinels name no primary' };
  if (hostPort(primary) !== hostPort(address)) {
    return { as: 'replica', of: primary, reason: `the Sentinels name ${hostPort(primary)}` };
  }
  if (othersRun) return { as: 'nothing yet', reason: 'the Sentinels must first make another node primary' };
  return { as: 'primary', reason: 'no other node runs that could have the table' };
}
