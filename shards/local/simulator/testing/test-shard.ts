import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../../../../common/log.ts';
import { freePort } from '../../../../test/real/free-port.ts';
import { joinRoom } from '../../../brewery/muc.ts';
import { keepSession, type XmppAccount } from '../../../brewery/xmpp-session.ts';
import { breweryJid, xmppDomains } from '../../../domains.ts';
import { ProcessDirectory } from '../../process/process-directory.ts';
import { startProsody } from '../../prosody/prosody.ts';
import { startProgram, type TestProgram } from './test-program.ts';

const domains = xmppDomains();
const password = 'secret';
const shard = 'eu-1';
const region = 'eu';

/** A real Prosody and, as the test asks for them, simulated bridges, a Jicofo and participants. */
export interface TestShard {
  breweryJid: string;
  account(user: 'focus' | 'jvb'): XmppAccount;
  /** `settings` override the configuration's. Resolves when its REST answers. */
  bridge(name: string, settings?: object): Promise<TestProgram>;
  jicofo(settings?: object): Promise<TestProgram>;
  /** An anonymous participant in `room`; resolves with how it leaves when it is in. */
  participant(room: string, nick: string): Promise<() => Promise<void>>;
  startProsody(): Promise<void>;
  stopProsody(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** For tests: starts Prosody on free ports in a temporary directory. */
export async function startTestShard(): Promise<TestShard> {
  const directory = mkdtempSync(join(tmpdir(), 'usher-shard-'));
  const processes = new ProcessDirectory(directory);
  const [c2sPort, httpPort] = [await freePort(), await freePort()];
  const programs: TestProgram[] = [];
  const leavers: (() => Promise<void>)[] = [];
  const over = new AbortController();
  const brewery = breweryJid(domains);
  const account = (user: string, domain = domains.auth): XmppAccount => ({
    host: '127.0.0.1',
    port: c2sPort,
    domain,
    user,
    password: user === '' ? '' : password,
  });

  async function startSimulator(kind: 'bridge' | 'jicofo', config: object): Promise<TestProgram> {
    const file = join(directory, `${kind}-${programs.length}.json`);
    const program = await startProgram(kind, file, { shard, restPort: await freePort(), ...config });
    programs.push(program);
    return program;
  }

  const test: TestShard = {
    breweryJid: brewery,
    account,
    bridge: (name, settings) => {
      const xmpp = { ...account('jvb'), breweryJid: brewery };
      return startSimulator('bridge', { name, region, xmpp, statsIntervalMs: 200, ...settings });
    },
    jicofo: (settings) => {
      const xmpp = { ...account('focus'), breweryJid: brewery, conferenceDomain: domains.muc };
      return startSimulator('jicofo', { xmpp, ...settings });
    },
    async participant(room, nick) {
      const left = new AbortController();
      const joined = Promise.withResolvers<void>();
      const done = keepSession(
        account('', domains.main),
        async (session) => joinRoom(session, room, nick).then(joined.resolve, joined.reject),
        left.signal,
        createLogger('participant', 'silent'),
      );
      const leave = () => {
        left.abort();
        return done;
      };
      leavers.push(leave);
      await joined.promise;
      return leave;
    },
    async startProsody() {
      const users = { focus: password, jvb: password };
      const settings = {
        shard,
        region,
        domains,
        directory: join(directory, 'prosody'),
        c2sPort,
        httpPort,
        users,
      };
      await startProsody(processes, settings, over.signal);
    },
    stopProsody: () => processes.stop(`${shard}-prosody`),
    async [Symbol.asyncDispose]() {
      over.abort();
      await Promise.all([...leavers.map((leave) => leave()), ...programs.map((program) => program.stop())]);
      await test.stopProsody();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  try {
    await test.startProsody();
  } catch (error) {
    await test[Symbol.asyncDispose]();
    throw error;
  }
  return test;
}
