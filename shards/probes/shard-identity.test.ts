import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestProsody, type TestProsody } from '../local/prosody/test-prosody.ts';
import { readShardIdentity } from './shard-identity.ts';

let prosody: TestProsody;
beforeAll(async () => {
  prosody = await startTestProsody();
});
afterAll(() => prosody.close());

const account = (password: string) => {
  const { settings, domains } = prosody;
  return { host: '127.0.0.1', port: settings.c2sPort, domain: domains.auth, user: 'jvb', password };
};
const read = (domain: string, password = 'jvb') =>
  readShardIdentity(account(password), domain, AbortSignal.timeout(10_000));

describe('readShardIdentity', () => {
  it('gives the name that a real Prosody gives itself', async () => {
    expect(await read(prosody.domains.main)).toBe('eu-1');
  });

  it('gives none for a domain that names no shard', async () => {
    expect(await read(prosody.domains.auth)).toBeUndefined();
  });

  it('throws when the log-in is refused', async () => {
    await expect(read(prosody.domains.main, 'wrong')).rejects.toThrow('not-authorized');
  });
});
