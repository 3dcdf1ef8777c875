import { createInterface } from 'node:readline/promises';
import { UsageError, UsherError } from '../../common/errors.ts';
import type { Terminal } from '../terminal.ts';

/** Where a person can be asked. */
type Asked = Pick<Terminal, 'stdin' | 'stderr' | 'signal'>;

/**
 * Shows what will be lost and asks on the terminal whether to go on.
 *
 * @throws UsageError when nobody is there to be asked, UsherError when the answer is not `yes`
 */
export async function confirm(lines: readonly string[], terminal: Asked): Promise<void> {
  terminal.stderr.write(lines.map((line) => `will ${line}\n`).join(''));
  const isMeant = await isYes('Type yes to go on: ', terminal);
  if (isMeant === undefined)
    throw new UsageError('nobody can be asked here whether that is meant; --yes says so');
  if (!isMeant) throw new UsherError('not confirmed; nothing was changed');
}

/** Whether the answer on the terminal is `yes`; undefined when nobody is there to be asked. */
export async function isYes(
  question: string,
  { stdin, stderr, signal }: Asked,
): Promise<boolean | undefined> {
  if (!stdin?.isTTY) return undefined;
  const asking = createInterface({ input: stdin, output: stderr, terminal: false });
  try {
    return (await asking.question(question, { signal })).trim() === 'yes';
  } finally {
    asking.close();
  }
}
