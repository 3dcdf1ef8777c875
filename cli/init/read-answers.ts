import { createInterface } from 'node:readline/promises';
import { UsageError } from '../../common/errors.ts';
import type { Terminal } from '../terminal.ts';
import { type Answers, answers, type InitFlags } from './answers.ts';
import { queries } from './queries.ts';

type Ask = (text: string, usual: string | undefined) => Promise<string | undefined>;

/** What no flag says is asked on a terminal; where nobody can be asked it is as usual. A UsageError lists all that is wrong. */
export async function readAnswers(flags: InitFlags, terminal: Terminal): Promise<Answers> {
  const given: Record<string, string | undefined> = {};
  await withAsker(terminal, async (ask) => {
    for (const { key, text, usual } of queries) {
      given[key] = flags[key] ?? (await ask(text, usual(given.driver)));
    }
  });
  const parsed = answers.safeParse(given);
  if (parsed.success) return parsed.data;
  const findings = parsed.error.issues.map(({ path, message }) => {
    const query = queries.find(({ key }) => key === path[0]);
    const found = query && given[query.key];
    return found === undefined ? `${query?.flag} is missing` : `${query?.flag}: ${message}; found "${found}"`;
  });
  throw new UsageError(findings.join('\n       '));
}

async function withAsker(
  { stdin, stderr, signal }: Terminal,
  work: (ask: Ask) => Promise<void>,
): Promise<void> {
  if (!stdin?.isTTY) return work(async (_, usual) => usual);
  const asking = createInterface({ input: stdin, output: stderr, terminal: false });
  try {
    await work(async (text, usual) => {
      const question = `${text}${usual === undefined ? '' : ` [${usual}]`}: `;
      const answer = await asking.question(question, { signal });
      return answer.trim() === '' ? usual : answer.trim();
    });
  } finally {
    asking.close();
  }
}
