import type { PolicyName } from '../../../orchestrator/scaling/policies/make-policy.ts';
import type { SimulationPool } from '../../../orchestrator/scaling/simulate/pool.ts';
import type { Ran, Run } from '../../../orchestrator/scaling/simulate/run.ts';
import { codeDigest } from './code-digest.ts';
import type { RunCache } from './run-cache.ts';

const scaling = new URL('../../../orchestrator/scaling/', import.meta.url);

/** Simulates, and remembers what came of it for as long as the code that it depends on stays the same. */
export class Runner {
  readonly #pool: SimulationPool;
  readonly #cache: RunCache;
  readonly #digests = new Map<PolicyName, Promise<string>>();

  constructor(pool: SimulationPool, cache: RunCache) {
    this.#pool = pool;
    this.#cache = cache;
  }

  /** As `SimulationPool.run`. */
  async run(run: Run): Promise<Ran> {
    const digest = this.#digests.get(run.policy) ?? digestOf(run.policy);
    this.#digests.set(run.policy, digest);
    return this.#cache.get([await digest, run], () => this.#pool.run(run));
  }
}

/** Of the simulator and of this policy alone: a change of one does not touch the others. */
function digestOf(policy: PolicyName): Promise<string> {
  const file = policy === 'forecast' ? 'forecast/forecast-policy' : policy;
  return codeDigest(new URL('simulate/simulate.ts', scaling), new URL(`policies/${file}.ts`, scaling));
}
