import { describe, expect, it } from 'vitest';
import { Bell } from './bell.ts';

const never = new AbortController().signal;

describe('Bell', () => {
  it('wakes all who wait, and not who comes later', async () => {
    const bell = new Bell();
    const both = Promise.all([bell.wait(60_000, never), bell.wait(60_000, never)]);
    bell.ring();
    await both;
    const started = performance.now();
    await bell.wait(50, never);
    expect(performance.now() - started).toBeGreaterThan(40);
  });

  it('lets go when told', async () => {
    const stop = new AbortController();
    const wait = new Bell().wait(60_000, stop.signal);
    stop.abort();
    await wait;
  });
});
