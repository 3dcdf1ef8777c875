import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../common/time.ts';
import type { UpgradeStatus } from '../../orchestrator/api/schema/upgrade.ts';
import { freePort } from '../../test/real/free-port.ts';
import { type FakeApi, startFakeApi } from '../testing/fake-api.ts';
import { fleetState } from '../testing/samples.ts';
import { startUsher, usher } from '../testing/usher.ts';

let folder: string;
let api: FakeApi;
let words: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-follow-'));
  await cp(new URL('../../kustomize/overlays/example', import.meta.url), folder, { recursive: true });
  const port = await freePort();
  api = await startFakeApi(port, fleetState());
  words = ['shard', 'upgrade', 'follow', '--fleet', folder, '--api-url', `http://127.0.0.1:${port}`];
});
afterEach(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const replaced = { old: 'eu-1', from: 'v1', new: 'eu-3', to: 'v2', reason: '' };
const upgradeWith = (shard: Pick<UpgradeStatus['shards'][number], 'done' | 'toApply'>): UpgradeStatus => ({
  imageTag: 'v2',
  state: 'running',
  reason: 'begun',
  rollback: false,
  shards: [{ ...replaced, ...shard }],
});

describe('usher shard upgrade follow', () => {
  it('writes what the upgrade waits for, and takes away what it has removed', async () => {
    api.state.upgrade = upgradeWith({ done: false, toApply: true });
    const would = await usher([...words, '--dry-run']);
    expect(would).toMatchObject({ code: 0, stdout: 'would add eu-3, a copy of eu-1 of v2\n' });
    const following = startUsher(words);
    const overlay = join(folder, 'shards', 'eu-3', 'kustomization.yaml');
    await waitFor(() => existsSync(overlay) || undefined, {
      timeoutMs: 20_000,
      describe: () => `no ${overlay}`,
    });
    await following.said('usher apply eu-3');
    const text = await readFile(overlay, 'utf8');
    expect(text).toMatch(/namespace: jitsi-eu-3\n/);
    expect(text).toMatch(/- SHARD=eu-3\n/);
    expect(text).toMatch(/- IMAGE_TAG=v2\n/);
    expect(existsSync(join(folder, 'shards', 'eu-1'))).toBe(true);

    api.state.upgrade = upgradeWith({ done: true, toApply: false });
    // The old one is no longer there by the API.
    api.state.fleet.shards = api.state.fleet.shards
      .filter(({ name }) => name !== 'eu-1')
      .concat(api.state.fleet.shards.slice(0, 1).map((shard) => ({ ...shard, name: 'eu-3' })));
    await waitFor(() => !existsSync(join(folder, 'shards', 'eu-1')) || undefined, {
      timeoutMs: 20_000,
      describe: () => 'the overlay of eu-1 is still there',
    });
    api.state.upgrade.state = 'done';
    expect(await following.outcome).toMatchObject({ code: 0 });
    const list = await readFile(join(folder, 'kustomization.yaml'), 'utf8');
    expect(list).toContain('- shards/eu-3');
    expect(list).not.toContain('shards/eu-1');
  });

  it('is for a fleet in a cluster', async () => {
    const local = new URL('../../kustomize/overlays/local', import.meta.url).pathname;
    expect(await usher(words.with(words.indexOf(folder), local))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('driver: local'),
    });
  });
});
