import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findKustomize as findReal } from '../../test/real/kustomize.ts';
import { findKustomize, kustomizeBuild } from './kustomize.ts';
import { parseObjects } from './render.ts';

const real = await findReal();
const { signal } = new AbortController();
let bin: string;
beforeEach(async () => {
  bin = await mkdtemp(join(tmpdir(), 'usher-kustomize-'));
  vi.stubEnv('PATH', bin);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(bin, { recursive: true });
});

async function program(name: string, says: string): Promise<void> {
  await writeFile(join(bin, name), `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 });
}

describe('findKustomize', () => {
  it.each([
    [{ kustomize: 'v5.5.0', kubectl: 'Client Version: v1.32.3' }, ['kustomize', 'build']],
    [{ kustomize: '(devel)' }, ['kustomize', 'build']],
    [
      { kustomize: '{Version:kustomize/v4.5.7}', kubectl: 'Client Version: v1.27.1' },
      ['kubectl', 'kustomize'],
    ],
  ])('of %j takes %j', async (there, command) => {
    for (const [name, says] of Object.entries(there)) await program(name, says);
    expect(await findKustomize(signal)).toEqual(command);
  });

  it.each([
    [{}, /must be on the path; found neither; see https:/],
    [
      { kustomize: 'v4.5.7', kubectl: 'Client Version: v1.20.2' },
      /found only kustomize v4.5.7 and kubectl v1.20.2; see/,
    ],
  ])('refuses %j', async (there, message) => {
    for (const [name, says] of Object.entries(there)) await program(name, says);
    await expect(findKustomize(signal)).rejects.toThrow(message);
  });
});

describe.skipIf(!real)('kustomizeBuild', () => {
  const command = [real?.command ?? '', ...(real?.args ?? [])] as const;

  it('gives what kustomize gives, and its words when it fails', async () => {
    vi.unstubAllEnvs();
    await writeFile(
      join(bin, 'kustomization.yaml'),
      'configMapGenerator: [{name: a, literals: ["v=012"]}]\n',
    );
    const [object] = parseObjects(await kustomizeBuild(command, bin, signal), bin);
    // Texts stay texts, as the API server would have them.
    expect(object).toMatchObject({ kind: 'ConfigMap', data: { v: '012' } });
    await writeFile(join(bin, 'kustomization.yaml'), 'resources: [gone]\n');
    await expect(kustomizeBuild(command, bin, signal)).rejects.toThrow(/can't build .*gone/s);
  });

  it('of an object without a name says which one it is', () => {
    expect(() => parseObjects('apiVersion: v1\nkind: Pod\nmetadata: {}\n', 'f')).toThrow(
      /^f: .*number 1 .*name/,
    );
  });
});
