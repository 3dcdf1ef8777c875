import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../common/errors.ts';
import { bridgeConfigSchema } from '../bridge/config.ts';
import { readConfig } from './config.ts';

const directory = mkdtempSync(join(tmpdir(), 'usher-config-'));
const file = join(directory, 'bridge.json');
const xmpp = { host: 'h', port: 5222, domain: 'd', user: 'u', password: 'p', breweryJid: 'b@m' };

describe('readConfig', () => {
  afterAll(() => rmSync(directory, { recursive: true }));

  it('reads a file and fills in the defaults', () => {
    writeFileSync(file, JSON.stringify({ shard: 'eu-1', region: 'eu', name: 'b1', restPort: 0, xmpp }));
    expect(readConfig(bridgeConfigSchema, ['--config', file])).toMatchObject({
      name: 'b1',
      statsIntervalMs: 5_000,
    });
  });

  it('names the file and the field that is wrong', () => {
    writeFileSync(file, JSON.stringify({ shard: 'eu-1', region: 'eu', name: 'b1', restPort: 'x', xmpp }));
    expect(() => readConfig(bridgeConfigSchema, ['--config', file])).toThrow(/bridge\.json.*restPort/s);
  });

  it('wants its flag, and a file that is there', () => {
    expect(() => readConfig(bridgeConfigSchema, [])).toThrow(UsageError);
    expect(() => readConfig(bridgeConfigSchema, ['--config', join(directory, 'none')])).toThrow(
      /not readable/,
    );
  });
});
