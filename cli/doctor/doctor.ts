import { messageOf, UsherError } from '../../common/errors.ts';
import { count } from '../../common/words.ts';
import { readFleet } from '../../orchestrator/fleet/read-fleet.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { allChecks } from './checks.ts';
import { readDoctorView } from './doctor-view.ts';
import { error, ok } from './finding.ts';
import { formatFindings } from './format-findings.ts';
import { type CheckedFinding, runChecks } from './run-checks.ts';

/** The flags of `usher doctor`. */
export interface DoctorFlags {
  readonly only?: string;
}

/** Looks at everything that an operator would, and says what to do; an UsherError when something is wrong. */
export async function examine({ only }: DoctorFlags, context: Context): Promise<void> {
  const fleet = await readFleet(context.folder).catch((fault: unknown) => messageOf(fault));
  const findings = typeof fleet === 'string' ? unreadable(fleet, context) : await look(fleet, only, context);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.filter(({ severity }) => severity === 'warn').length;
  print(context, { errors, warnings, findings }, () => formatFindings(findings, context.stdout));
  if (errors > 0) throw new UsherError(`${count(errors, 'error')} and ${count(warnings, 'warning')}`);
}

async function look(fleet: Fleet, only: string | undefined, context: Context): Promise<CheckedFinding[]> {
  const view = await readDoctorView(fleet, context);
  const isAsked = ({ name }: { name: string }) => only === undefined || name === only;
  if (fleet.driver !== 'kubernetes') {
    return [...(await runChecks(allChecks.filter(isAsked), view, context.signal)), ...elsewhere(only)];
  }
  const { readClusterView } = await import('./cluster/cluster-view.ts');
  const { clusterChecks } = await import('./cluster/checks.ts');
  const found = await runChecks(
    clusterChecks.filter(isAsked),
    await readClusterView(view, context),
    context.signal,
  );
  const others = allChecks.filter(({ name }) => !clusterChecks.some((one) => one.name === name));
  return [...found, ...others.filter(isAsked).map(({ name }) => notHere(name, 'on one machine only'))];
}

/** A check of fleets in a cluster that was asked for by name. */
function elsewhere(only: string | undefined): CheckedFinding[] {
  if (only === undefined || allChecks.some(({ name }) => name === only)) return [];
  return [notHere(only, 'in a cluster only')];
}

function notHere(check: string, where: string): CheckedFinding {
  return { check, ...ok('', `${where}: nothing to look at`) };
}

/** Without its file, nothing is known of a fleet. */
function unreadable(reason: string, { folder }: Context): CheckedFinding[] {
  return [{ check: 'files', ...error(folder, reason, 'correct it: all other checks go by the fleet file') }];
}
