import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FleetAtWork, startFleetAtWork } from './testing/fleet-at-work.ts';
import { room } from './testing/samples.ts';
import { startUsher } from './testing/usher.ts';

let fleet: FleetAtWork;
beforeAll(async () => {
  fleet = await startFleetAtWork();
});
afterAll(() => fleet.end());

describe('the program', () => {
  it.each([
    ['help', ['--help'], 0, 'stdout', /Usage: usher .*Exit codes: 0 done/s],
    ['version', ['--version'], 0, 'stdout', /^\d+\.\d+\.\d+\n$/],
    ['nothing', [], 2, 'stderr', /Usage: usher/],
    ['half a command', ['shard'], 2, 'stderr', /Usage: usher shard/],
    ['an unknown command', ['shrd'], 2, 'stderr', /^usher: unknown command 'shrd'\n\(Did you mean shard\?\)/],
    ['an unknown subcommand', ['room', 'lst'], 2, 'stderr', /\(Did you mean list\?\)/],
    [
      'an unknown flag',
      ['status', '--jsn'],
      2,
      'stderr',
      /unknown option '--jsn'\n\(Did you mean --json\?\)/,
    ],
    ['too many arguments', ['status', 'now'], 2, 'stderr', /too many arguments/],
    ['a missing flag', ['shard', 'add', 'a'], 2, 'stderr', /'--region <region>' not specified/],
    ['a wrong number', ['room', 'list', '--limit', 'x'], 2, 'stderr', /'x' is invalid. A whole number above/],
    ['a missing fleet', ['status', '--fleet', '/none'], 2, 'stderr', /\/none\/fleet.yaml.*give the folder/],
  ] as const)('answers %s', async (_, words, code, stream, text) => {
    const outcome = await startUsher(words).outcome;
    expect(outcome).toMatchObject({ code, [stream]: expect.stringMatching(text) });
    expect(outcome[stream === 'stdout' ? 'stderr' : 'stdout']).toBe('');
  });

  it('takes the fleet from the environment, and flags before the command', async () => {
    const env = { USHER_FLEET: fleet.files.folder };
    const { code, stdout } = await startUsher(['--json', 'shard', 'list'], env).outcome;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(fleet.api.state.fleet.shards);
  });

  it('is not troubled by a reader that leaves', async () => {
    fleet.api.state.rooms = Array.from({ length: 20_000 }, (_, number) => room(`/room-${number}`));
    const line = 'set -o pipefail; "$0" cli/usher.ts room list --limit 20000 --fleet "$1" | head -1';
    const child = spawn('bash', ['-c', line, process.execPath, fleet.files.folder], { stdio: 'ignore' });
    expect(await once(child, 'close')).toEqual([0, null]);
  });
});
