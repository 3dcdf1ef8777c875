import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.ts';
import { runnable } from './reference-text.ts';

const stream = new PassThrough();
const program = createProgram({ stdout: stream, stderr: stream, signal: AbortSignal.abort() });
const commands = runnable(program).map((command) => ({ name: pathOf(command), command }));
const flagsOf = (command: Command) => command.options.map((option) => option.long);

/** Commands that change nothing, or are a process themselves. Every other one changes something. */
const looking = new Set([
  ...['status', 'doctor', 'events', 'completion', 'agent', 'orchestrator'],
  ...['shard list', 'shard show', 'shard upgrade status', 'proxy list', 'proxy diff', 'render', 'diff'],
  ...['room list', 'room show', 'room explain', 'room splits', 'bridge list'],
  ...[
    'scale show',
    'scale explain',
    'scale schedule list',
    'scale event list',
    'scale report',
    'scale simulate',
  ],
]);

function pathOf(command: Command): string {
  const above = command.parent && command.parent !== program ? `${pathOf(command.parent)} ` : '';
  return above + command.name();
}

describe('the commands', () => {
  it('are those that look, and those that change', () => {
    expect(commands.map(({ name }) => name)).toEqual(expect.arrayContaining([...looking]));
  });

  it.each(commands)('$name has --dry-run if it changes something, and not otherwise', ({ name, command }) => {
    expect(flagsOf(command).includes('--dry-run')).toBe(!looking.has(name));
  });

  it.each(commands)('$name says in one line what it does, as all others do', ({ command }) => {
    expect(command.description()).toMatch(/^[a-z].*[^.]$/);
    for (const { description, flags } of command.options) expect(description, flags).toMatch(/^[a-z].*[^.]$/);
    for (const argument of command.registeredArguments) expect(argument.description).not.toBe('');
  });

  it.each(commands)('$name asks before it cuts, where it can be forced to', ({ name, command }) => {
    // A rebuild cuts nobody.
    if (name === 'table rebuild') return;
    expect(flagsOf(command).includes('--yes')).toBe(flagsOf(command).includes('--force'));
  });

  it('have no flag of their own that is one of every command, which would take it away from them', () => {
    const common = new Set(flagsOf(program));
    for (const { name, command } of commands) {
      expect(
        flagsOf(command).filter((flag) => common.has(flag)),
        name,
      ).toEqual([]);
    }
  });
});
