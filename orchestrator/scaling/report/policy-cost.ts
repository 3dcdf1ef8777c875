import type { PolicyName } from '../policies/make-policy.ts';
import type { Score } from '../simulate/score.ts';

/** What a policy would have cost on what was recorded of a shard, by simulation. */
export interface PolicyCost {
  readonly shard: string;
  readonly policy: PolicyName;
  /** Per day. */
  readonly score: Score;
  /** Would it have served people well? */
  readonly meetsLevel: boolean;
}
