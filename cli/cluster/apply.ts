import { UsageError } from '../../common/errors.ts';
import type { ApiServer } from './api-server.ts';
import { applyObject } from './apply-object.ts';
import { missingRights } from './check-rights.ts';
import { compareObjects } from './compare-objects.ts';
import { Discovery } from './discovery.ts';
import { type DryRun, dryRun } from './dry-run.ts';
import { type Manifest, wordsFor } from './manifest.ts';
import { missingSecrets } from './missing-secrets.ts';
import { planObjects } from './plan-objects.ts';

/** What applying an object does to it. */
export interface AppliedObject {
  readonly object: string;
  readonly change: 'create' | 'change' | 'none';
}

/**
 * Asks the API server about all objects, and returns what applying them would do; nothing is changed.
 *
 * @throws UsageError that lists all that is in the way
 */
export async function checkObjects(
  server: ApiServer,
  objects: readonly Manifest[],
  { forceConflicts }: { readonly forceConflicts: boolean },
): Promise<DryRun[]> {
  const planned = await planObjects(objects, server, new Discovery(server));
  // Without the rights, every dry run would only say so once more.
  refuse(await missingRights(server, planned));
  const tried = await dryRun(server, planned);
  const findings = tried.flatMap(({ refusal }) => refusal ?? []);
  if (!forceConflicts) {
    findings.push(
      ...tried.flatMap((one) =>
        one.conflicts.map(
          (conflict) => `${wordsFor(one.object)}: ${conflict}; --force-conflicts takes it over`,
        ),
      ),
    );
  }
  findings.push(...(await missingSecrets(server, objects)));
  refuse(findings);
  return tried;
}

/** Applies what `checkObjects` found good, one after the other; `say` is told of each. Throws as `applyObject` does. */
export async function applyChecked(
  server: ApiServer,
  checked: readonly DryRun[],
  { forceConflicts }: { readonly forceConflicts: boolean },
  say: (line: string) => void,
): Promise<void> {
  for (const one of checked) {
    const { object, change } = describe(one);
    // Unchanged too: whose it is shall be seen of every object.
    await applyObject(server, one, { force: forceConflicts, dryRun: false });
    say(`${object}: ${doneWords[change]}`);
  }
}

const doneWords = { create: 'created', change: 'changed', none: 'as it was' } as const;

/** What applying an object does to it, in a word. */
export function describe({ object, live, result }: DryRun): AppliedObject {
  const change =
    live === undefined ? 'create' : result && compareObjects(live, result).length === 0 ? 'none' : 'change';
  return { object: wordsFor(object), change };
}

function refuse(findings: readonly string[]): void {
  if (findings.length > 0) throw new UsageError(`nothing was applied:\n  ${findings.join('\n  ')}`);
}
