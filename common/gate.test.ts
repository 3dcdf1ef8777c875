import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';
import { sleep } from './time.ts';

describe('Gate', () => {
  it('runs all tasks, in their order, never more at a time than it lets', async () => {
    const gate = new Gate(3);
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const task = (number: number) => async () => {
      begun.push(number);
      running += 1;
      most = Math.max(most, running);
      await sleep(number % 3);
      running -= 1;
      return number;
    };
    const numbers = Array.from({ length: 50 }, (_, index) => index);
    const done = await Promise.all(numbers.map((number) => gate.run(task(number))));
    expect(done).toEqual(numbers);
    expect(begun).toEqual(numbers);
    expect(most).toBe(3);
  });

  it('goes on after a task that fails', async () => {
    const gate = new Gate(1);
    const failing = gate.run(() => Promise.reject(new Error('no')));
    const next = gate.run(async () => 'next');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('next');
  });
});
