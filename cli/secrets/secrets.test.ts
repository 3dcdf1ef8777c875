import { appendFile, chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { findKustomize } from '../../test/real/kustomize.ts';
import { type Outcome, usher } from '../testing/usher.ts';

const kustomize = await findKustomize();
const path = process.env.PATH;
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

describe.skipIf(!kustomize)('usher secrets create, without a shard', () => {
  const fleet = () => join(root, 'k/overlays/prod');

  beforeEach(() => vi.stubEnv('PATH', `${dirname(kustomize?.command ?? '')}:${path}`));

  function createForAll(...flags: string[]): Promise<Outcome> {
    return usher(['secrets', 'create', ...flags, '--fleet', fleet()]);
  }

  it('prints the password of Redis', async () => {
    const { stdout } = await createForAll('--print');
    expect(parse(stdout)).toMatchObject({
      kind: 'Secret',
      metadata: {
        ...{ name: 'redis', namespace: 'usher' },
        labels: { 'app.kubernetes.io/part-of': 'usher' },
      },
      stringData: { password: expect.stringMatching(/^[\w-]{32}$/) },
    });
  });

  it('prints the credentials of TURN, too, the same for coturn and for every shard that tells of it', async () => {
    const env = '      - TURN_HOST=turn.example.org\ncomponents:\n  - ../../../components/turn\n';
    await appendFile(join(fleet(), 'env/kustomization.yaml'), env);
    const list = join(fleet(), 'kustomization.yaml');
    const before = await readFile(list, 'utf8');
    await writeFile(list, before.replace('  - usher\n', '  - usher\n  - ../../base/turn\n'));
    const { stdout, stderr } = await createForAll('--print');
    expect(stderr).toBe('');
    const made = parseAllDocuments(stdout).map((document) => document.toJS());
    expect(made.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort()).toEqual([
      'jitsi-eu-1/turn',
      'turn/turn',
      'usher/redis',
    ]);
    const turn = made.filter(({ metadata }) => metadata.name === 'turn');
    expect(new Set(turn.map(({ stringData }) => stringData.TURN_CREDENTIALS)).size).toBe(1);
  });
});
