import { ApiException } from '@kubernetes/client-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Passwords } from './passwords.ts';

const signal = new AbortController().signal;
const secret = (password: string) => ({
  data: { JVB_AUTH_PASSWORD: Buffer.from(password).toString('base64') },
});

describe('Passwords', () => {
  const get = vi.fn<(path: string) => Promise<unknown>>();
  let passwords: Passwords;

  beforeEach(() => {
    vi.useFakeTimers();
    get.mockReset().mockResolvedValue(secret('one'));
    passwords = new Passwords({ get });
  });

  afterEach(() => vi.useRealTimers());

  it('reads once for all who ask', async () => {
    const all = [1, 2, 3].map(() => passwords.of('eu-1', 7, signal));
    expect(await Promise.all(all)).toEqual(['one', 'one', 'one']);
    expect(get.mock.calls).toEqual([['/api/v1/namespaces/jitsi-eu-1/secrets/shard-passwords', {}, signal]]);
  });

  it('reads anew when Prosody has started anew, and after an hour', async () => {
    await passwords.of('eu-1', 7, signal);
    get.mockResolvedValue(secret('two'));
    expect(await passwords.of('eu-1', 7, signal)).toBe('one');
    expect(await passwords.of('eu-1', 8, signal)).toBe('two');
    get.mockResolvedValue(secret('three'));
    vi.advanceTimersByTime(3_600_000);
    expect(await passwords.of('eu-1', 8, signal)).toBe('three');
  });

  it('goes on with the last one while it can not be read', async () => {
    await passwords.of('eu-1', 7, signal);
    get.mockRejectedValue(new Error('connect ECONNREFUSED'));
    vi.advanceTimersByTime(3_600_000);
    for (let look = 0; look < 3; look += 1) expect(await passwords.of('eu-1', 7, signal)).toBe('one');
    expect(get).toHaveBeenCalledTimes(2);
    get.mockResolvedValue(secret('two'));
    vi.advanceTimersByTime(5_000);
    expect(await passwords.of('eu-1', 7, signal)).toBe('two');
  });

  it('says what is missing, and does not ask for it at every look', async () => {
    get.mockRejectedValue(new ApiException(404, 'GET', { message: 'not found' }, {}));
    for (let look = 0; look < 3; look += 1) {
      await expect(passwords.of('eu-1', undefined, signal)).rejects.toThrow('`usher secrets create eu-1`');
    }
    expect(get).toHaveBeenCalledTimes(1);
    get.mockResolvedValue({ data: { OTHER: '' } });
    vi.advanceTimersByTime(5_000);
    await expect(passwords.of('eu-1', undefined, signal)).rejects.toThrow('no JVB_AUTH_PASSWORD in it');
  });

  it('says why it can not be read at all', async () => {
    get.mockRejectedValue(new ApiException(403, 'GET', { message: 'secrets is forbidden' }, {}));
    await expect(passwords.of('eu-1', 7, signal)).rejects.toThrow(
      "can't read Secret shard-passwords in namespace jitsi-eu-1: secrets is forbidden",
    );
  });
});
