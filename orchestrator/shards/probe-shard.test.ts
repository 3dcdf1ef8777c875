import { expect, it } from 'vitest';
import { hard, soft } from '../../shards/probes/probe.ts';
import { combine } from './probe-shard.ts';

const ok = { ok: true } as const;
const all = { web: ok, prosody: ok, jicofo: ok, bridges: ok };

it.each([
  ['all well', all, { ok: true, core: 'well', reason: '' }],
  [
    'Jicofo broken',
    { ...all, jicofo: hard('500') },
    { severity: 'hard', core: 'well', reason: 'jicofo: 500' },
  ],
  ['no bridges', { ...all, bridges: soft('none') }, { severity: 'soft', core: 'well' }],
  [
    'Prosody slow',
    { ...all, prosody: soft('slow'), jicofo: hard('500') },
    { severity: 'hard', core: 'soft' },
  ],
  ['web refused', { ...all, web: hard('refused'), prosody: soft('slow') }, { core: 'hard' }],
])('combine: %s', (_what, probes, outcome) => {
  expect(combine(probes)).toMatchObject(outcome);
});
