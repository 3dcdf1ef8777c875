import { filesCheck } from '../checks/files.ts';
import { signallingCheck } from '../checks/signalling.ts';
import { splitsCheck } from '../checks/splits.ts';
import { apiServerPolicyCheck } from './api-server-policy.ts';
import { apiVersionsCheck } from './api-versions.ts';
import { driftCheck, operationsCheck, redisCheck, shardsCheck } from './by-status.ts';
import type { ClusterCheck } from './cluster-view.ts';
import { leaderCheck } from './leader.ts';
import { podsCheck } from './pods.ts';
import { rightsCheck } from './rights.ts';
import { secretsCheck } from './secrets.ts';

/** All checks of a fleet in a cluster, in the order in which an operator would look. */
export const clusterChecks: readonly ClusterCheck[] = [
  podsCheck,
  filesCheck,
  apiVersionsCheck,
  secretsCheck,
  rightsCheck,
  leaderCheck,
  apiServerPolicyCheck,
  redisCheck,
  driftCheck,
  shardsCheck,
  signallingCheck,
  operationsCheck,
  splitsCheck,
];
