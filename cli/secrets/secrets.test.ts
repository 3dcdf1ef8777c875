import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { type Outcome, usher } from '../testing/usher.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'usher-secrets-'));
  await usher(['init', join(root, 'k'), '--name', 'prod', '--public-url', 'https://meet.example.org']);
  await mkdir(join(root, 'bin'));
  vi.stubEnv('PATH', join(root, 'bin'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

// All of it without a cluster; what it does in one stands in test/cluster.
function create(...flags: string[]): Promise<Outcome> {
  return usher(['secrets', 'create', 'eu-1', ...flags, '--fleet', join(root, 'k/overlays/prod')]);
}

/** In the place of kubeseal, which can't be had here: fails as told, or tells what it was given. */
async function kubeseal(script: string): Promise<void> {
  const file = join(root, 'bin/kubeseal');
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

describe('usher secrets create', () => {
  it('prints a Secret with two passwords that are never the same', async () => {
    const [one, other] = [await create('--print'), await create('--print')];
    const { kind, metadata, stringData } = parse(one.stdout);
    expect({ kind, ...metadata }).toMatchObject({
      ...{ kind: 'Secret', name: 'shard-passwords', namespace: 'jitsi-eu-1' },
      labels: { 'usher.dev/shard': 'eu-1' },
    });
    const all = [...Object.values(stringData), ...Object.values(parse(other.stdout).stringData)];
    expect(new Set(all).size).toBe(4);
  });

  it('prints an ExternalSecret, in which there is no password', async () => {
    const { stdout } = await create('--format', 'externalsecret', '--store', 'vault', '--key', 'jitsi/eu-1');
    expect(parse(stdout)).toMatchObject({
      ...{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret' },
      spec: {
        secretStoreRef: { name: 'vault' },
        target: { name: 'shard-passwords' },
        data: [{ secretKey: 'JICOFO_AUTH_PASSWORD', remoteRef: { key: 'jitsi/eu-1' } }, {}],
      },
    });
    expect(await create('--format', 'externalsecret')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--store NAME and --key PATH'),
    });
  });

  it('prints what kubeseal makes, with its certificate, and its words when it fails', async () => {
    const sealed =
      '{"apiVersion":"bitnami.com/v1alpha1","kind":"SealedSecret","metadata":{"name":"s"},"spec":{"by":"\'"$*"\'"}}';
    await kubeseal(`while read -r line; do :; done; echo '${sealed}'`);
    const { stdout, code } = await create('--format', 'sealedsecret', '--cert', 'c.pem');
    expect(code).toBe(0);
    expect(parse(stdout)).toMatchObject({ kind: 'SealedSecret', spec: { by: '--format json --cert c.pem' } });
    await kubeseal('echo no certificate >&2; exit 1');
    expect(await create('--format', 'sealedsecret')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'usher: kubeseal fails: no certificate\n',
    });
  });

  it('says how to get kubeseal where there is none', async () => {
    const { code, stderr } = await create('--format', 'sealedsecret');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/needs `kubeseal` on the path; see/),
    });
  });

  it('knows no shard that has no overlay', async () => {
    const words = ['secrets', 'create', 'xx', '--print', '--fleet', join(root, 'k/overlays/prod')];
    expect(await usher(words)).toMatchObject({ code: 2, stdout: '' });
  });
});
