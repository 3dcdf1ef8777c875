import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyChanges } from '../../../shards/overlay/apply-changes.ts';
import { folderWishes } from '../../../shards/overlay/folder-wishes.ts';
import { planAdd } from '../../../shards/overlay/plan-add.ts';
import { shardSpec } from '../../../shards/spec/schema.ts';
import { commandFor, planShards, type ShardsAction, targetOf } from './change-shards.ts';
import { readShardChanges } from './changes-file.ts';

const at = Date.parse('2026-11-21T12:00:00.000Z');
const about = { reason: '', figures: '', isShort: true };
let folder: string;
const wishes = () => folderWishes(folder);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-signalling-'));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'kustomization.yaml'), 'kind: Kustomization\nresources: []\n');
  for (const name of ['eu-1', 'eu-2']) {
    const spec = { name, region: 'eu', pool: 'big', weight: 50, bridges: { min: 1, max: 2 } };
    await applyChanges(await planAdd(folder, shardSpec.parse(spec)));
  }
});
afterEach(() => rm(folder, { recursive: true }));

async function make(action: ShardsAction, when = at): Promise<void> {
  const specs = await wishes().shards();
  await wishes().apply(await planShards(wishes(), action, targetOf(action, specs, []), specs, when));
}
const wished = async () => (await wishes().shards()).map(({ name, desired }) => `${name} ${desired}`);

describe('planShards', () => {
  it('adds one like another, under the next name', async () => {
    await writeFile(
      join(folder, 'shards/eu-1/kustomization.yaml'),
      (await readFile(join(folder, 'shards/eu-1/kustomization.yaml'), 'utf8')).replace(
        '- WEIGHT=50',
        '- WEIGHT=50\n      - SIGNALLING_PARTICIPANTS=1500',
      ),
    );
    await make({ do: 'add', from: 'eu-1', ...about });
    const added = (await wishes().shards()).find(({ name }) => name === 'eu-3');
    expect(added).toMatchObject({
      ...{ region: 'eu', pool: 'big', weight: 50, desired: 'active', signallingParticipants: 1_500 },
    });
    expect(await readShardChanges(wishes())).toEqual(new Map([['eu-3', { did: 'added', at }]]));
  });

  it('drains and takes it back, and keeps when', async () => {
    await make({ do: 'drain', shard: 'eu-2', ...about });
    expect(await wished()).toEqual(['eu-1 active', 'eu-2 draining']);
    await make({ do: 'undrain', shard: 'eu-2', ...about }, at + 1);
    expect(await wished()).toEqual(['eu-1 active', 'eu-2 active']);
    expect(await readShardChanges(wishes())).toEqual(new Map([['eu-2', { did: 'undrained', at: at + 1 }]]));
  });

  it('forgets shards that are gone, and keeps what people wrote', async () => {
    await writeFile(
      join(folder, 'signalling.yaml'),
      '# mine\ngone-1: added 2026-01-01T00:00:00.000Z\neu-1: added 2026-01-01T00:00:00.000Z # why\n',
    );
    await make({ do: 'drain', shard: 'eu-2', ...about });
    expect(await readFile(join(folder, 'signalling.yaml'), 'utf8')).toBe(
      '# mine\neu-1: added 2026-01-01T00:00:00.000Z # why\neu-2: drained 2026-11-21T12:00:00.000Z\n',
    );
  });

  it('refuses a file that is wrong, and says where', async () => {
    await writeFile(join(folder, 'signalling.yaml'), 'eu-1: gone\n');
    await expect(make({ do: 'drain', shard: 'eu-2', ...about })).rejects.toThrow(
      /signalling\.yaml:1:\d+.*expected added, drained or undrained/s,
    );
    expect(await wished()).toEqual(['eu-1 active', 'eu-2 active']);
  });
});

it('names the command that does the same', async () => {
  const specs = await wishes().shards();
  const command = (action: ShardsAction, inCluster = false) =>
    commandFor(action, targetOf(action, specs, ['eu-7']), inCluster);
  expect([
    command({ do: 'add', from: 'eu-1', ...about }, true),
    command({ do: 'drain', shard: 'eu-2', ...about }),
    command({ do: 'undrain', shard: 'eu-2', ...about }),
  ]).toEqual([
    'usher shard add eu-8 --region eu --bridges 1..2 --pool big --weight 50 --apply',
    'usher shard drain eu-2',
    'usher shard uncordon eu-2',
  ]);
});
