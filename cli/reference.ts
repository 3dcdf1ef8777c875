import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createProgram } from './program.ts';
import { referenceText } from './reference-text.ts';

// Writes docs/reference/cli.md; cli/reference.test.ts tells when that is due.
const folder = new URL('../docs/reference/', import.meta.url);
const { stdout, stderr } = process;
const program = createProgram({ stdout, stderr, signal: AbortSignal.abort() });
mkdirSync(folder, { recursive: true });
writeFileSync(fileURLToPath(new URL('cli.md', folder)), referenceText(program));
