import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../cli/program.ts';

const root = join(import.meta.dirname, '..');
const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root });
const read = (page: string) => readFileSync(join(root, page), 'utf8');
const prose = (text: string) => text.replace(/^```.*?^```$/gms, '');
const stream = new PassThrough();
const program = createProgram({ stdout: stream, stderr: stream, signal: AbortSignal.abort() });

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return [...prose(read(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function isDead(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : join(dirname(page), file);
  if (!existsSync(join(root, target))) return true;
  return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
}

/** Command lines of usher in code, without the program's name. */
function commandLines(text: string): string[][] {
  const lines = text.matchAll(/(?:^\$ |^ *npx |^|`)usher ([a-z][^`#\n]*)/gm);
  return [...lines].map(([, line = '']) => line.trim().split(/\s+/));
}

/** The first word of a command line that the program does not know. */
function unknownWord(words: readonly string[]): string | undefined {
  let command: Command = program;
  for (const word of words) {
    const sub = command.commands.find((one) => one.name() === word);
    if (sub) command = sub;
    else if (command === program && !word.startsWith('-')) return word;
    else if (/^--[a-z]/.test(word) && !knows(command, word.replace(/[=,;.]+.*$/, ''))) return word;
  }
  return undefined;
}

function knows(command: Command, flag: string): boolean {
  if (flag === '--help' || command.options.some(({ long }) => long === flag)) return true;
  return command.parent !== null && knows(command.parent, flag);
}

describe.each(pages)('%s', (page) => {
  it('has no dead link', () => {
    const links = [...prose(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !/^https?:/.test(link) && isDead(page, link))).toEqual([]);
  });

  it('names commands and flags that there are', () => {
    const unknown = commandLines(read(page)).filter((words) => unknownWord(words) !== undefined);
    expect(unknown.map((words) => words.join(' '))).toEqual([]);
  });
});

describe('docs/decisions', () => {
  it('are numbered one after the other, by file and by heading', () => {
    const decisions = pages.filter((page) => page.startsWith('docs/decisions/')).toSorted();
    expect(decisions.map((page) => Number(basename(page).slice(0, 4)))).toEqual(
      decisions.map((_, i) => i + 1),
    );
    expect(decisions.map((page) => /^# (\d+)\. /.exec(read(page))?.[1])).toEqual(
      decisions.map((_, i) => `${i + 1}`),
    );
  });
});
