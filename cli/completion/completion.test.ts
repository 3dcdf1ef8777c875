import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTemporaryFleet, type TemporaryFleet } from '../../test/fleet/temporary-fleet.ts';
import { usher } from '../testing/usher.ts';
import { completionScript } from './scripts.ts';
import { shells } from './shells.ts';

const program = fileURLToPath(new URL('../usher.ts', import.meta.url));
let files: TemporaryFleet;
let bin: string;

beforeAll(async () => {
  files = await createTemporaryFleet({ shards: { 'eu-1': 'eu', 'us-1': 'us' } });
  bin = await mkdtemp(join(tmpdir(), 'usher-bin-'));
  await writeFile(join(bin, 'usher'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, {
    mode: 0o755,
  });
});
afterAll(async () => {
  await files.delete();
  await rm(bin, { recursive: true });
});

async function complete(...words: string[]): Promise<string[]> {
  const { stdout } = await usher(['complete', '--', ...words]);
  return stdout.split('\n').slice(0, -1);
}

describe('usher complete', () => {
  it.each([
    [['sh'], ['shard']],
    [['sup'], []],
    [['shard', 'un'], ['uncordon']],
    [['events', '--fo'], ['--follow']],
    [['shard', 'add', '--re'], ['--region']],
    [['doctor', '--only', 'sh'], ['shards']],
    [['scale', 'simulate', '--policy', 'dyte-'], ['dyte-predictive']],
    [['scale', 'report', '--policy', 'hpa,dyte,d'], ['hpa,dyte,dyte-predictive']],
    [['scale', 'report', '--policy', 'hpa,no-such,d'], []],
    [['scale', 'set', '--policy', 'hpa,d'], []],
    [['shard', 'list', '--js'], ['--json']],
    [['--json', 'room', 'ex'], ['explain']],
    [
      ['room', 'list', '--only', 'l'],
      ['live', 'lingering'],
    ],
    [['room', 'list', '--limit', '5', '--on'], ['--only']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['no-such', ''], []],
  ])('after %j offers %j', async (words, offered) => {
    const found = await complete(...words);
    expect(found.filter((word) => word !== 'help')).toEqual(expect.arrayContaining(offered));
    if (words.at(-1) !== '') expect(found).toHaveLength(offered.length);
  });

  it('knows the shards and proxies of the fleet that the line names', async () => {
    expect(await complete('--fleet', files.folder, 'shard', 'drain', '')).toEqual(['eu-1', 'us-1']);
    expect(await complete('--fleet', files.folder, 'shard', 'upgrade', 'eu-1', 'us')).toEqual(['us-1']);
    expect(await complete('room', 'list', `--fleet=${files.folder}`, '--shard', 'u')).toEqual(['us-1']);
    expect(await complete('events', '--fleet', files.folder, '--shard', 'e')).toEqual(['eu-1']);
    expect(await complete('proxy', 'diff', '--fleet', files.folder, '')).toEqual(['proxy-1', 'proxy-2']);
    expect(await complete('shard', 'drain', '--fleet', '/none', '')).toEqual([]);
  });
});

describe('usher complete, of rules that stand in scale.yaml', () => {
  const file = () => join(files.folder, 'scale.yaml');
  afterEach(() => rm(file(), { force: true }));
  const remove = (kind: string, begun: string) =>
    complete('--fleet', files.folder, 'scale', kind, 'remove', begun);

  it('knows schedules and events by their names, each once', async () => {
    const office = '{ name: office, from: "08:00", to: "18:00", min: 3 }';
    const night = '{ name: night, from: "22:00", to: "06:00", max: 3 }';
    const event = '{ name: all-hands, at: 2030-05-01T14:00, people: 400 }';
    await writeFile(
      file(),
      `"*": { schedules: [${office}], events: [${event}] }\neu-1: { schedules: [${office}, ${night}] }\n`,
    );
    expect(await remove('schedule', '')).toEqual(['office', 'night']);
    expect(await remove('schedule', 'n')).toEqual(['night']);
    expect(await remove('event', '')).toEqual(['all-hands']);
    expect(await complete('--fleet', files.folder, 'scale', 'schedule', 'remove', 'night', 'e')).toEqual([
      'eu-1',
    ]);
  });

  it.each([
    ['is not there', undefined],
    ['is wrong', 'eu-1: { mni: 4 }\n'],
  ])('knows none when it %s', async (_how, text) => {
    if (text !== undefined) await writeFile(file(), text);
    expect(await remove('schedule', '')).toEqual([]);
  });
});

describe.each(shells)('the script for %s', (shell) => {
  const isThere = spawnSync(shell, ['--version']).error === undefined;

  it('is what the command prints', async () => {
    expect((await usher(['completion', shell])).stdout).toBe(completionScript(shell));
  });

  it.skipIf(!isThere)('offers what usher knows', async () => {
    const line = `usher shard drain --fleet ${files.folder} e`;
    const child = spawn(shell, ['-c', `${completionScript(shell)}\n${askShell[shell](line)}`], {
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
    });
    expect(await text(child.stdout), await text(child.stderr)).toBe('eu-1\n');
  });
});

/** How to make a shell print what it would offer for a line. */
const askShell = {
  bash: (line: string) =>
    `COMP_WORDS=(${line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _usher; printf '%s\\n' "\${COMPREPLY[@]}"`,
  zsh: (line: string) => `words=(${line}); CURRENT=\${#words}; compadd() { print -l -- "\${(@P)2}" }; _usher`,
  fish: (line: string) => `complete -C '${line}'`,
} as const;
