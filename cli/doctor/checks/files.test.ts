import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProcessDirectory } from '../../../shards/local/process/process-directory.ts';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { filesCheck } from './files.ts';

let fleet: FleetToExamine;
beforeEach(async () => {
  fleet = await createFleetToExamine();
});
afterEach(() => fleet.end());

describe('files', () => {
  it('names an overlay that cannot be read, by its line', async () => {
    expect(await fleet.run(filesCheck)).toEqual([]);
    await writeFile(join(fleet.files.folder, 'shards/eu-1/kustomization.yaml'), 'nonsense: [');
    expect(await fleet.run(filesCheck)).toMatchObject([
      { severity: 'error', what: expect.stringMatching(/shards\/eu-1\/kustomization.yaml:\d+:\d+/) },
    ]);
  });

  it('names state that cannot be read', async () => {
    const shards = { ok: false, reason: 'shard.json: not the state of a local shard' } as const;
    expect(await fleet.run(filesCheck, { shards })).toMatchObject([
      { severity: 'error', what: shards.reason },
    ]);
  });

  it('names a fleet file that was changed since the fleet was started', async () => {
    await mkdir(fleet.files.state);
    const processes = new ProcessDirectory(fleet.files.state);
    await processes.start({ name: 'supervisor', command: 'sleep', args: ['60'] });
    const file = join(fleet.files.folder, 'fleet.yaml');
    const running = ['supervisor'];
    await utimes(file, new Date(), new Date(Date.now() - 60_000));
    expect(await fleet.run(filesCheck, { running })).toEqual([]);
    await utimes(file, new Date(), new Date(Date.now() + 60_000));
    expect(await fleet.run(filesCheck, { running })).toMatchObject([{ severity: 'warn', where: file }]);
    await processes.stop('supervisor');
  });
});
