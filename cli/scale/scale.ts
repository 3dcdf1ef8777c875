import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { declareRules } from './rules/declare.ts';

/** Declares `usher scale`. */
export function declareScale(program: Command, terminal: Terminal): void {
  const scale = program.command('scale').description('how many bridges there are, and why');
  declareRules(scale, terminal);
}
