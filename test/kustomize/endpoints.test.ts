import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startTestProsody, type TestProsody } from '../../shards/local/prosody/test-prosody.ts';

const kustomize = join(import.meta.dirname, '../../kustomize');

describe('the probes of Prosody', () => {
  let prosody: TestProsody;
  beforeAll(async () => {
    prosody = await startTestProsody();
  });
  afterAll(() => prosody.close());

  it('ask for what a real one answers with 200', async () => {
    const text = await readFile(join(kustomize, 'base/shard/prosody.yaml'), 'utf8');
    const paths = [...text.matchAll(/httpGet:\n +path: (\S+)/g)].map(([, path]) => path);
    expect(paths).toEqual(['/http-bind', '/http-bind', '/http-bind']);
    expect((await fetch(`${prosody.url}${paths[0]}`)).status).toBe(200);
  });
});

describe('the rule for prometheus-adapter', () => {
  it('adds up the four bit rates of a bridge, and gives them the name that the HPA asks for', async () => {
    const folder = join(kustomize, 'components/bridge-hpa');
    const values = parse(await readFile(join(folder, 'prometheus-adapter-values.yaml'), 'utf8'));
    const [rule] = values.rules.custom;
    const hpa = parse(await readFile(join(folder, 'hpa.yaml'), 'utf8'));
    expect(hpa.spec.metrics[0].pods.metric.name).toBe(rule.name.as);
    const [, pattern] = /__name__=~"([^"]+)"/.exec(rule.metricsQuery) ?? [];
    const source = await readFile(join(import.meta.dirname, '../../shards/local/bridge/stats.ts'), 'utf8');
    const names = [...source.matchAll(/gauge\(\s*'(\w+)'/g)].map(([, name]) => `jitsi_jvb_${name}`);
    expect(names.filter((name) => new RegExp(`^(?:${pattern})$`).test(name)).toSorted()).toEqual([
      'jitsi_jvb_incoming_bitrate',
      'jitsi_jvb_outgoing_bitrate',
      'jitsi_jvb_relay_incoming_bitrate',
      'jitsi_jvb_relay_outgoing_bitrate',
    ]);
    expect(rule.seriesQuery).toContain(names.find((name) => new RegExp(rule.name.matches).test(name)));
  });
});
