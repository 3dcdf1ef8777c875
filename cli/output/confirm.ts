import { createInterface } from 'node:readline/promises';
import { UsageError, UsherError } from '../../common/errors.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Shows what will be lost and asks on the terminal whether to go on.
 *
 * @throws UsageError when nobody is there to be asked, UsherError when the answer is not `yes`
 */
export async function confirm(
  lines: readonly string[],
  { stdin, stderr, signal }: Pick<Terminal, 'stdin' | 'stderr' | 'signal'>,
): Promise<void> {
  stderr.write(lines.map((line) => `will ${line}\n`).join(''));
  if (!stdin?.isTTY) throw new UsageError('nobody can be asked here whether that is meant; --yes says so');
  const asking = createInterface({ input: stdin, output: stderr, terminal: false });
  try {
    const answer = await asking.question('Type yes to go on: ', { signal });
    if (answer.trim() !== 'yes') throw new UsherError('not confirmed; nothing was changed');
  } finally {
    asking.close();
  }
}
