import type { Check } from './check.ts';
import { clocksCheck } from './checks/clocks.ts';
import { credentialsCheck } from './checks/credentials.ts';
import { diskCheck } from './checks/disk.ts';
import { driftCheck } from './checks/drift.ts';
import { filesCheck } from './checks/files.ts';
import { identityCheck } from './checks/identity.ts';
import { operationsCheck } from './checks/operations.ts';
import { portsCheck } from './checks/ports.ts';
import { processesCheck } from './checks/processes.ts';
import { redisCheck } from './checks/redis.ts';
import { shardsCheck } from './checks/shards.ts';
import { signallingCheck } from './checks/signalling.ts';
import { socketsCheck } from './checks/sockets.ts';
import { splitsCheck } from './checks/splits.ts';
import { versionsCheck } from './checks/versions.ts';

/** All checks, in the order in which an operator would look. */
export const allChecks: readonly Check[] = [
  processesCheck,
  filesCheck,
  versionsCheck,
  portsCheck,
  diskCheck,
  credentialsCheck,
  socketsCheck,
  clocksCheck,
  redisCheck,
  driftCheck,
  shardsCheck,
  signallingCheck,
  identityCheck,
  operationsCheck,
  splitsCheck,
];
