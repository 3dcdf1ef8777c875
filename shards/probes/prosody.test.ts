import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestProsody, type TestProsody } from '../local/prosody/test-prosody.ts';
import { probeProsody } from './prosody.ts';

const signal = new AbortController().signal;
let prosody: TestProsody;

beforeAll(async () => {
  prosody = await startTestProsody();
});

afterAll(() => prosody.close());

function pid(): number {
  return prosody.processes.find('eu-1-prosody')?.pid ?? 0;
}

describe('probeProsody', () => {
  it('is content with a Prosody that opens BOSH sessions', async () => {
    expect(await probeProsody(prosody.url, 'meet.jitsi', signal)).toEqual({ ok: true });
  });

  it('takes a domain that Prosody does not serve for a hard failure', async () => {
    expect(await probeProsody(prosody.url, 'meet.example', signal)).toMatchObject({
      ok: false,
      severity: 'hard',
      reason: expect.stringContaining('no BOSH session on meet.example'),
    });
  });

  it('takes a Prosody that hangs for a soft failure', async () => {
    process.kill(pid(), 'SIGSTOP');
    const probe = await probeProsody(prosody.url, 'meet.jitsi', signal);
    process.kill(pid(), 'SIGCONT');
    expect(probe).toMatchObject({ ok: false, severity: 'soft' });
  });

  it('takes a Prosody that is gone for a hard failure', async () => {
    await prosody.processes.stop('eu-1-prosody');
    expect(await probeProsody(prosody.url, 'meet.jitsi', signal)).toMatchObject({
      ok: false,
      severity: 'hard',
    });
  });
});
