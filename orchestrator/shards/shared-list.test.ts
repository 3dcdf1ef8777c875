import { describe, expect, it } from 'vitest';
import { sharedList } from './shared-list.ts';

/** A driver that counts how often it is asked, and fails while `broken`. */
function counted() {
  const driver = {
    asked: 0,
    broken: false,
    async list() {
      driver.asked += 1;
      if (driver.broken) throw new Error('out of reach');
      return [];
    },
  };
  return driver;
}

describe('sharedList', () => {
  it('asks the driver once for all who ask at once, and anew when that is too old', async () => {
    const driver = counted();
    let now = 0;
    const list = sharedList(driver, 500, () => now);
    const all = await Promise.all(Array.from({ length: 200 }, list));
    expect(new Set(all).size).toBe(1);
    now = 499;
    await list();
    expect(driver.asked).toBe(1);
    now = 500;
    await list();
    expect(driver.asked).toBe(2);
  });

  it('keeps no failure', async () => {
    const driver = counted();
    const list = sharedList(driver, 500, () => 0);
    driver.broken = true;
    await expect(list()).rejects.toThrow('out of reach');
    driver.broken = false;
    expect(await list()).toEqual([]);
  });
});
