import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { declareReport } from './report/declare.ts';
import { declareRules } from './rules/declare.ts';
import { declareSimulate } from './simulate/declare.ts';

/** Declares `usher scale`. */
export function declareScale(program: Command, terminal: Terminal): void {
  const scale = program.command('scale').description('how many bridges there are, and why');
  declareRules(scale, terminal);
  declareReport(scale, terminal);
  declareSimulate(scale, terminal);
}
