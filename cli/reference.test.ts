import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.ts';
import { referenceText } from './reference-text.ts';

const stream = new PassThrough();
const program = createProgram({ stdout: stream, stderr: stream, signal: AbortSignal.abort() });

describe('docs/reference/cli.md', () => {
  it('is what `node cli/reference.ts` writes', () => {
    const written = readFileSync(new URL('../docs/reference/cli.md', import.meta.url), 'utf8');
    expect(written).toBe(referenceText(program));
    expect(written).toContain('## usher shard uncordon');
    expect(written).not.toContain('supervise');
  });
});

describe('the commands', () => {
  it('have no flag of their own that is one of every command, which would take it away from them', () => {
    const flags = (command: Command) => command.options.map((option) => option.long);
    const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
    const common = new Set(flags(program));
    expect(
      program.commands
        .flatMap(all)
        .flatMap(flags)
        .filter((flag) => common.has(flag)),
    ).toEqual([]);
  });
});
