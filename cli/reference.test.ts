import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
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
    expect(written).toContain('## usher shard upgrade\n');
    expect(written).not.toContain('supervise');
  });
});
