import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FleetAtWork, startFleetAtWork } from '../testing/fleet-at-work.ts';
import { startUsher, usher } from '../testing/usher.ts';

let fleet: FleetAtWork;
beforeEach(async () => {
  fleet = await startFleetAtWork();
  fleet.api.state.upgrade = {
    imageTag: 'v2',
    state: 'stopped',
    reason: 'eu-3 is degraded: jicofo: 500',
    rollback: false,
    shards: [
      {
        old: 'eu-1',
        from: null,
        new: 'eu-3',
        to: 'v2',
        done: false,
        toApply: false,
        reason: 'eu-3 is cordoned',
      },
      { old: 'eu-2', from: 'v1', new: null, to: 'v2', done: true, toApply: false, reason: 'eu-2 is gone' },
    ],
  };
});
afterEach(() => fleet.end());

const run = (...words: string[]) => usher(fleet.words('shard', 'upgrade', ...words));

describe('usher shard upgrade', () => {
  it('shows with status what each shard waits for, and how to go on', async () => {
    const { code, stdout } = await run('status');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Reason: +eu-3 is degraded: jicofo: 500\nDone: +1 of 2$/m);
    expect(stdout).toMatch(/^eu-1 +- +eu-3 +v2 +no +eu-3 is cordoned$/m);
    expect(stdout).toMatch(/usher shard upgrade resume .* or .*usher shard upgrade rollback/);
    expect(JSON.parse((await run('status', '--json')).stdout)).toEqual(fleet.api.state.upgrade);
  });

  it.each([
    ['no version', [], /--image-tag: .*missing/],
    ['a version that is none', ['--image-tag', 'a b'], /--image-tag: a tag of at most.*; found "a b"/],
    ['a share that is none', ['--image-tag', 'v2', '--canary', '0%'], /--canary.*from 1% to 100%/],
    ['a trial that is none', ['--image-tag', 'v2', '--bake', 'long'], /--bake.*as in 90s/],
  ])('refuses %s', async (_, words, message) => {
    const { code, stderr } = await run(...words);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(fleet.api.requests).toEqual([]);
  });

  it('is waited for until it is done, and fails with the reason when it stops', async () => {
    const { upgrade } = fleet.api.state;
    if (upgrade) upgrade.state = 'running';
    fleet.api.state.change = { changed: true, actions: ['replace eu-1'] };
    const done = startUsher(fleet.words('shard', 'upgrade', '--image-tag', 'v2', '--wait'));
    await done.said('1 of 2 shards done: eu-3 is cordoned');
    if (upgrade) upgrade.state = 'done';
    expect(await done.outcome).toMatchObject({ code: 0, stdout: 'replace eu-1\nthe upgrade is done\n' });
    if (upgrade) upgrade.state = 'stopped';
    expect(await run('--image-tag', 'v2', '--wait')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the upgrade is stopped: eu-3 is degraded'),
    });
  });

  it('says a word to it, and has nothing to change the second time', async () => {
    fleet.api.state.change = { changed: true, actions: ['go on with 2 shards'] };
    expect(await run('resume', '--dry-run')).toMatchObject({
      code: 0,
      stdout: 'would go on with 2 shards\n',
    });
    fleet.api.state.change = { changed: false, actions: [] };
    expect(await run('pause')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('it does not run'),
    });
  });
});
