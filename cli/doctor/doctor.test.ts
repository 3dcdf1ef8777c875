import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FleetAtWork, startFleetAtWork } from '../testing/fleet-at-work.ts';
import { usher } from '../testing/usher.ts';
import { checkNames } from './check-names.ts';
import { allChecks } from './checks.ts';
import { clusterChecks } from './cluster/checks.ts';
import { runChecks } from './run-checks.ts';
import { createFleetToExamine } from './testing/fleet-to-examine.ts';

let fleet: FleetAtWork;
beforeEach(async () => {
  fleet = await startFleetAtWork();
});
afterEach(() => fleet.end());

describe('usher doctor', () => {
  it('says what is wrong and what to do, and fails', async () => {
    const { code, stdout, stderr } = await usher(fleet.words('doctor', '--only', 'shards'));
    expect(stdout).toMatch(/^WARN +shards +eu-2: gets no new rooms: Jicofo answers 503\n +-> see the logs/);
    expect(code).toBe(0);
    fleet.api.state.fleet.shards[0] = { ...fleet.api.state.fleet.shards[0], observed: 'down' } as never;
    const worse = await usher(fleet.words('doctor', '--only', 'shards'));
    expect(worse).toMatchObject({ code: 1, stderr: 'usher: 1 error and 1 warning\n' });
    expect(stderr).toBe('');
  });

  it('gives programs the findings', async () => {
    const { stdout } = await usher(fleet.words('doctor', '--only', 'splits', '--json'));
    expect(JSON.parse(stdout)).toMatchObject({
      errors: 0,
      warnings: 0,
      findings: [{ check: 'splits', severity: 'ok' }],
    });
  });

  it('looks at what can be seen of a fleet that is down', async () => {
    await fleet.api.close();
    const { code, stdout } = await usher(fleet.words('doctor'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ERROR +processes +fleet temporary: nothing of it runs/);
    expect(stdout.match(/^ok /gm)).toHaveLength(5);
    await fleet.restartApi();
  });

  it('tells where a fleet file is wrong', async () => {
    await writeFile(join(fleet.files.folder, 'fleet.yaml'), 'name: UP\n');
    const { code, stdout } = await usher(fleet.words('doctor'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ERROR +files .*\n(.*\n)*.*fleet.yaml:1:7/);
  });

  it('offers the checks that there are', () => {
    const names = [...allChecks, ...clusterChecks].map(({ name }) => name);
    expect([...new Set(names)]).toEqual([...checkNames]);
  });
});

describe('runChecks', () => {
  it('makes a finding of a check that fails, and goes on with the others', async () => {
    const { files, run } = await createFleetToExamine();
    const broken = { name: 'broken', about: '', live: false, run: () => Promise.reject(new Error('oh')) };
    const fine = { name: 'fine', about: 'all is fine', live: false, run: async () => [] };
    await run({
      ...fine,
      run: async (view, signal) => {
        expect(await runChecks([broken, fine], view, signal)).toMatchObject([
          { check: 'broken', severity: 'error', what: 'the check itself failed: oh' },
          { check: 'fine', severity: 'ok', what: 'all is fine' },
        ]);
        return [];
      },
    });
    await files.delete();
  });
});
