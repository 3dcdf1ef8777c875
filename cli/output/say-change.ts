import { exitCodes, UsherError } from '../../common/errors.ts';
import type { ChangeAnswer } from '../../orchestrator/api/schema/change.ts';
import type { Context } from '../context.ts';
import { print } from './print.ts';

/** Says what was done or, with `dryRun`, what would be. */
export function sayChange(
  answer: ChangeAnswer,
  dryRun: boolean,
  context: Pick<Context, 'json' | 'stdout'>,
): void {
  print(context, answer, () =>
    answer.actions.map((action) => `${dryRun ? 'would ' : ''}${action}\n`).join(''),
  );
}

/** The error of a command that finds everything as it should be. */
export function nothingToChange(how: string): UsherError {
  return new UsherError(`nothing to change: ${how}`, exitCodes.nothingToChange);
}
