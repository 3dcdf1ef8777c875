import { mkdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFleetToExamine, type FleetToExamine } from '../testing/fleet-to-examine.ts';
import { processesCheck } from './processes.ts';

let fleet: FleetToExamine;
beforeEach(async () => {
  fleet = await createFleetToExamine();
  await mkdir(fleet.files.state);
});
afterEach(() => fleet.end());

const all = [
  'supervisor',
  'redis',
  'orchestrator',
  ...['proxy-1', 'proxy-2'].flatMap((name) => [`agent.${name}`, `haproxy.${name}`]),
];

describe('processes', () => {
  it('is content when all run', async () => {
    expect(await fleet.run(processesCheck, { running: all })).toEqual([]);
  });

  it('says so when nothing runs', async () => {
    expect(await fleet.run(processesCheck)).toMatchObject([
      { severity: 'error', where: 'fleet temporary', doThis: '`usher up` starts it' },
    ]);
  });

  it('names what does not run, and who starts it again', async () => {
    const running = all.filter((name) => name !== 'agent.proxy-2');
    expect(await fleet.run(processesCheck, { running })).toMatchObject([
      {
        severity: 'error',
        where: 'agent.proxy-2',
        doThis: expect.stringContaining('the supervisor starts it'),
      },
    ]);
    const unsupervised = await fleet.run(processesCheck, {
      running: running.filter((name) => name !== 'supervisor'),
    });
    expect(unsupervised).toMatchObject([
      { where: 'supervisor' },
      { where: 'agent.proxy-2', doThis: expect.stringContaining('usher up') },
    ]);
  });
});
