import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fleetPaths, proxyDirectory } from '../../../orchestrator/local-fleet/paths.ts';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { diskCheck, judgeSpace } from './disk.ts';

let fleet: FleetToExamine;
beforeEach(async () => {
  fleet = await createFleetToExamine();
});
afterEach(() => fleet.end());

describe('disk', () => {
  it('names a folder without room to write its maps once more', async () => {
    const directory = proxyDirectory(fleetPaths(fleet.files.state), 'proxy-1');
    await mkdir(directory, { recursive: true });
    const map = join(directory, 'rooms.map');
    await writeFile(map, '');
    const full = async () => (await fleet.run(diskCheck)).filter(({ severity }) => severity === 'error');
    expect(await full()).toEqual([]);
    // All holes: it takes no room itself.
    await truncate(map, 2 ** 42);
    expect(await full()).toMatchObject([{ where: directory, what: expect.stringContaining('are needed') }]);
  });

  it.each([
    ['enough', 1e9, 1e6, []],
    ['little', 1e8, 1e6, ['warn']],
    ['too little', 1e6, 1e6, ['error']],
    ['no more files', 1e9, 3, ['error']],
  ])('judges %s', (_, freeBytes, freeFiles, severities) => {
    const findings = judgeSpace('/x', { freeBytes, freeFiles, neededBytes: 5e6 });
    expect(findings.map(({ severity }) => severity)).toEqual(severities);
  });
});
