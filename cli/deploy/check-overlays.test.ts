import { describe, expect, it } from 'vitest';
import { parseOverlay, renderOverlay } from '../../shards/overlay/overlay.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import { checkOverlays } from './check-overlays.ts';

function overlay(name: string, port: number, media = 'hostport', change = (text: string) => text) {
  const spec = shardSpec.parse({ name, region: 'eu', bridges: { min: 1, max: 2 } });
  const text = renderOverlay(spec, port, [`../../../../components/media-${media}`]);
  return parseOverlay(name, `${name}.yaml`, change(text));
}

describe('checkOverlays', () => {
  it('finds nothing in overlays as usher writes them', () => {
    expect(() => checkOverlays({ overlays: [overlay('a', 1), overlay('b', 2)] })).not.toThrow();
  });

  it('names both places of a host port that two shards have', () => {
    expect(() => checkOverlays({ overlays: [overlay('a', 10000), overlay('b', 10000)] })).toThrow(
      /\n {2}b.yaml:22:9: JVB_PORT: 10000 is already that of shard a \(a.yaml:22:9\), on the same nodes/,
    );
  });

  it('does not mind two shards with one port that is no host port', () => {
    const overlays = [overlay('a', 10000), overlay('b', 10000, 'nodeport')];
    expect(() => checkOverlays({ overlays })).not.toThrow();
  });

  it('names the place of a key that kustomize does not know', () => {
    const typo = overlay('a', 1, 'hostport', (text) => text.replace('labels:', 'lables:'));
    expect(() => checkOverlays({ overlays: [typo] })).toThrow(/\n {2}a.yaml:10:1: unknown setting "lables"/);
  });
});
