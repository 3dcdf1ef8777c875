import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import { applyChanges } from '../../shards/overlay/apply-changes.ts';
import type { TextChange } from '../../shards/overlay/text-change.ts';
import { render } from '../../templates/render.ts';
import type { Context } from '../context.ts';
import { nothingToChange, sayChange } from '../output/say-change.ts';
import type { Answers, InitFlags } from './answers.ts';
import { fleetTexts } from './fleet-texts.ts';
import { readAnswers } from './read-answers.ts';
import { whatNextAfterInit } from './what-next.ts';

const own = fileURLToPath(new URL('../../kustomize/', import.meta.url));

/**
 * Makes the folder of a new fleet, and beside it usher's bases and components where there are none. It never touches a
 * file that is there: who runs it again after a cut, or to update the bases, loses nothing.
 *
 * @throws UsageError when an answer is wrong, UsherError (64) when all is there
 */
export async function initFleet(
  folder: string,
  { dryRun, ...flags }: InitFlags & { readonly dryRun?: true },
  context: Context,
): Promise<void> {
  const answers = await readAnswers(flags, context);
  const changes = [...(await copies(folder)), ...newFleet(folder, answers)];
  if (!dryRun) await applyChanges(changes);
  const actions = changes.map(({ path }) => `create ${path}`);
  sayChange({ changed: actions.length > 0, actions }, dryRun ?? false, context);
  if (actions.length === 0) throw nothingToChange(`fleet ${answers.name} and the bases are there`);
  if (!dryRun) context.stderr.write(whatNextAfterInit(folder, answers));
}

/** usher's own bases and components, where the folder has none. */
async function copies(folder: string): Promise<TextChange[]> {
  const changes: TextChange[] = [];
  for (const part of ['base', 'components']) {
    if (existsSync(join(folder, part))) continue;
    for (const entry of await readdir(join(own, part), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      changes.push(created(join(folder, relative(own, file)), await readFile(file, 'utf8')));
    }
    if (part === 'base')
      changes.push(created(join(folder, 'base/README.md'), render('init-base-readme.md', manifest)));
  }
  return changes;
}

function newFleet(folder: string, answers: Answers): TextChange[] {
  const path = join(folder, 'overlays', answers.name);
  if (existsSync(join(path, 'fleet.yaml'))) return [];
  const texts = [...fleetTexts(answers, manifest.version)].map(([name, text]) =>
    created(join(path, name), text),
  );
  return texts.filter(({ path }) => !existsSync(path));
}

function created(path: string, after: string): TextChange {
  return { path, before: undefined, after };
}
