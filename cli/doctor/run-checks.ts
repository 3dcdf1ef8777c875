import { messageOf } from '../../common/errors.ts';
import type { Check } from './check.ts';
import { type DoctorView, isUp } from './doctor-view.ts';
import { error, type Finding, ok, warn } from './finding.ts';

/** A finding and the check that found it. */
export interface CheckedFinding extends Finding {
  readonly check: string;
}

/** Whatever a check asks answers within seconds, or does not answer. */
const checkTimeoutMs = 30_000;

/** Runs checks side by side; every check gives one finding at least, in the order of `checks`. */
export async function runChecks<V extends DoctorView>(
  checks: readonly Check<V>[],
  view: V,
  signal: AbortSignal,
): Promise<CheckedFinding[]> {
  const up = isUp(view);
  const found = await Promise.all(
    checks.map(async (check) => {
      const findings = up || !check.live ? await runCheck(check, view, signal) : [];
      return findings.map((finding) => ({ check: check.name, ...finding }));
    }),
  );
  signal.throwIfAborted();
  return found.flat();
}

async function runCheck<V>(check: Check<V>, view: V, signal: AbortSignal): Promise<Finding[]> {
  const timeout = AbortSignal.timeout(checkTimeoutMs);
  try {
    const findings = await check.run(view, AbortSignal.any([signal, timeout]));
    return findings.length > 0 ? findings : [ok('', check.about)];
  } catch (failure) {
    if (timeout.aborted) return [warn('', `not done within ${checkTimeoutMs / 1_000} s`, 'run it alone')];
    return [error('', `the check itself failed: ${messageOf(failure)}`, 'report it: a check must not fail')];
  }
}
