import { describe, expect, it } from 'vitest';
import { decideMediaPorts } from './decide-media-ports.ts';
import { type Service, service } from './objects.ts';
import { bridgePod } from './testing/objects.ts';

const asks = { 'usher.dev/media': 'nodeport' };

describe('decideMediaPorts', () => {
  it('leaves a bridge alone that does not ask', () => {
    expect(decideMediaPorts([bridgePod('a')], [])).toEqual([]);
  });

  it('makes a Service, then hands its port over, then is content', () => {
    const pod = bridgePod('a', { annotations: asks });
    expect(decideMediaPorts([pod], [nodePort('b', 31_000)])).toEqual([{ kind: 'service', pod }]);
    expect(decideMediaPorts([pod], [nodePort('a', 30_123)])).toEqual([{ kind: 'port', pod, port: 30_123 }]);
    const told = bridgePod('a', { annotations: { ...asks, 'usher.dev/media-port': '30123' } });
    const labelled = {
      ...told,
      metadata: { ...told.metadata, labels: { ...told.metadata.labels, 'usher.dev/bridge': 'a' } },
    };
    expect(decideMediaPorts([labelled], [nodePort('a', 30_123)])).toEqual([]);
    expect(decideMediaPorts([told], [nodePort('a', 30_123)])).toHaveLength(1);
  });

  it('waits for a port that the Service does not have yet', () => {
    expect(decideMediaPorts([bridgePod('a', { annotations: asks })], [nodePort('a', undefined)])).toEqual([]);
  });
});

function nodePort(name: string, port: number | undefined): Service {
  const { metadata } = bridgePod(name);
  return service.parse({ metadata, spec: { ports: [port === undefined ? {} : { nodePort: port }] } });
}
