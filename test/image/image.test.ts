import { existsSync, globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, matchesGlob, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');
const ignored = read('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** What the image has of this repository, by its COPYs and .dockerignore. */
const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
  names.split(' '),
);
const inImage = (file: string) =>
  copied.some((one) => file === one || file.startsWith(`${one}/`)) &&
  !ignored.some((pattern) => pattern.startsWith('**/') && isUnder(file, pattern));

function isUnder(file: string, pattern: string): boolean {
  return matchesGlob(file, pattern) || matchesGlob(file, `${pattern}/**`);
}

/** All that a file names in imports, those at runtime too; not what is only a type. */
function importsOf(file: string): string[] {
  const found = read(file).matchAll(
    /^(?:import|export) (?!type\b)(?:[^;]*? from )?'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...found].map(([, fixed, dynamic]) => fixed ?? dynamic ?? '');
}

/** What `usher` may load, from its first file on: files of ours, and names of packages. */
function closure(): { files: Set<string>; packages: Set<string> } {
  const files = new Set(['cli/usher.ts', ...globSync('shards/local/*/main.ts', { cwd: root })]);
  const packages = new Set<string>();
  for (const file of files) {
    if (!file.endsWith('.ts')) continue;
    for (const name of importsOf(file)) {
      if (name.startsWith('.')) files.add(relative(root, join(root, dirname(file), name)));
      else if (!isBuiltin(name)) packages.add(/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
  }
  return { files, packages };
}

describe('the image', () => {
  const { files, packages } = closure();

  it('copies what there is', () => {
    expect(copied).toContain('cli');
    expect(copied.filter((one) => !existsSync(join(root, one)))).toEqual([]);
    expect(ignored).toEqual(expect.arrayContaining(copied.map((one) => `!${one}`)));
  });

  it('has every file that usher may load, and no tests', () => {
    expect(files.size).toBeGreaterThan(200);
    expect([...files].filter((file) => !inImage(file))).toEqual([]);
    expect(inImage('cli/run.test.ts')).toBe(false);
    expect(inImage('cli/testing/usher.ts')).toBe(false);
    expect(inImage('templates/haproxy.cfg.hbs')).toBe(true);
  });

  it('has every package that usher may load, without those for development', () => {
    expect([...packages].filter((name) => !(name in manifest.dependencies))).toEqual([]);
    expect(packages).toContain('@xmpp/client');
  });

  it('starts usher as a user that is not root, by bases that stand for ever', () => {
    expect(dockerfile).toMatch(/^ENTRYPOINT \["usher"\]$/m);
    expect(dockerfile).toMatch(/^USER [1-9]\d*:/m);
    expect(read('cli/usher.ts')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(dockerfile.match(/^FROM .*/gm)?.every((line) => /^FROM \$\{NODE\}/.test(line))).toBe(true);
    const node = /^ARG NODE=node:(\d+\.\d+\.\d+)-\S+@sha256:[0-9a-f]{64}$/m.exec(dockerfile)?.[1];
    expect(node).toBe(manifest.devDependencies.node);
  });
});
