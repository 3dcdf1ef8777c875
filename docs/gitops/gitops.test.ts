import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');

function documents(file: string): unknown[] {
  const text = readFileSync(join(import.meta.dirname, file), 'utf8');
  return parseAllDocuments(text, { strict: true }).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
}

const applicationSet = z.object({
  kind: z.literal('ApplicationSet'),
  spec: z.object({
    generators: z.tuple([
      z.object({
        git: z.object({
          directories: z.array(z.object({ path: z.string(), exclude: z.boolean().default(false) })),
        }),
      }),
    ]),
    template: z.object({
      spec: z.object({
        syncPolicy: z.object({ syncOptions: z.array(z.string()) }),
        ignoreDifferences: z.array(z.looseObject({ managedFieldsManagers: z.array(z.string()).optional() })),
      }),
    }),
  }),
});

const kustomization = z.object({
  kind: z.literal('Kustomization'),
  spec: z.object({ path: z.string(), prune: z.boolean(), deletionPolicy: z.string() }),
});

describe('the examples of docs/gitops', () => {
  it('name folders that there are, and leave out the fleet on one machine', () => {
    const { spec } = applicationSet.parse(documents('argocd-applicationset.yaml')[0]);
    const { directories } = spec.generators[0].git;
    expect(directories.filter(({ exclude }) => !exclude).map(({ path }) => path)).toEqual([
      'kustomize/overlays/*',
    ]);
    const left = directories.filter(({ exclude }) => exclude).map(({ path }) => path);
    expect(left).toEqual(['kustomize/overlays/local']);
    const flux = kustomization.parse(documents('flux-kustomization.yaml')[1]);
    for (const path of [...left, flux.spec.path]) {
      expect(existsSync(join(root, path, 'kustomization.yaml')), path).toBe(true);
    }
  });

  it('do not fight with the orchestrator, and take no fleet along when they are deleted', () => {
    const { spec } = applicationSet.parse(documents('argocd-applicationset.yaml')[0]).spec.template;
    expect(spec.syncPolicy.syncOptions).toEqual(
      expect.arrayContaining(['ServerSideApply=true', 'RespectIgnoreDifferences=true']),
    );
    expect(spec.ignoreDifferences[0]?.managedFieldsManagers).toEqual(['usher-orchestrator']);
    expect(kustomization.parse(documents('flux-kustomization.yaml')[1]).spec).toMatchObject({
      prune: true,
      deletionPolicy: 'Orphan',
    });
  });
});
