import { createAgentMetrics } from '../../haproxy/agent/metrics.ts';
import { createStats } from '../../haproxy/spoe/stats.ts';
import { createOrchestratorMetrics } from '../../orchestrator/api/metrics.ts';
import { signallingOf } from '../../orchestrator/scaling/signalling/signalling.ts';
import { SignallingBook } from '../../orchestrator/scaling/signalling/signalling-book.ts';
import { SplitBook } from '../../orchestrator/split-detector/split-book.ts';
import { table } from './schema-sections.ts';

/** Of a shard of which everything is known, so that all its metrics show. */
const someLoad = {
  bitsPerSecond: 0,
  demand: 0,
  packetsPerSecond: 0,
  highestStress: 0,
  participants: 0,
  conferences: 0,
  bridges: 0,
  openBridges: 0,
  knownBridges: 0,
};

/** Likewise, of a shard of which something is advised. */
function someSignalling(): SignallingBook {
  const book = new SignallingBook();
  const limits = { participants: 1, websockets: 1 };
  const shard = { ...signallingOf(0, 0, limits), isNear: false };
  const group = {
    ...{ pool: 'POOL', region: 'REGION', shards: [], load: 0, advice: '' },
    outlook: { withinHour: 0, weekHighest: 0 },
    decision: { do: 'nothing', reason: '', figures: '', isShort: false },
  } as const;
  book.record(new Map([['NAME', shard]]), new Map([['POOL/REGION', group]]));
  return book;
}

const nothing = { exist: 0, open: new Set<string>(), reasons: [] };
const someLook = {
  atMs: 0,
  wanted: { ...nothing, forecast: { within5: 0, within25: 0, within30: 0 } },
  limits: { min: 0, max: 0, noScaleDown: false, paused: false, expected: 0, reasons: [] },
  decision: nothing,
};
const someLooks = { looks: () => new Map([['NAME', someLook]]), fullBitsPerSecond: () => 0 };

const preface = `# Metrics

Written by \`node docs/generate/main.ts\` from what the programs register; change it there.

Prometheus text. The agent serves it on \`agent.http\` of its proxy, under \`/metrics\`; HAProxy's own metrics are
under \`/metrics\` of the proxy's \`stats\` address. No metric has a label for a room. The orchestrator
serves its own on \`orchestrator.api\`.
`;

/** `docs/reference/metrics.md`. */
export async function metricsText(): Promise<string> {
  const metrics = createAgentMetrics({
    claims: { counts: { seated: 0, known: 0, refused: 0, failed: 0, joined: 0 } },
    keeper: { inStep: false },
    maps: { content: () => new Map() },
    spoe: { stats: createStats() },
    files: { reloads: 0 },
  });
  const orchestrator = createOrchestratorMetrics(
    { splits: new SplitBook(), signalling: someSignalling(), scaling: someLooks },
    () => new Map([['NAME', someLoad]]),
  );
  const sections = [
    ['Agent', await metrics.text()],
    ['Orchestrator', await orchestrator.text()],
  ] as const;
  const written = sections.map(
    ([title, text]) => `## ${title}\n\n${table(['metric', 'type', 'labels', ''], metricRows(text))}`,
  );
  return [preface, ...written].join('\n');
}

/** The rows of a Prometheus text: `name, type, labels with their values, help`. */
function metricRows(text: string): string[][] {
  return text
    .split(/^# HELP /m)
    .slice(1)
    .map((part) => {
      const [first = '', second = '', ...samples] = part.split('\n');
      const [, name = '', help = ''] = /^(\S+) (.*)$/.exec(first) ?? [];
      const labels = new Map<string, string[]>();
      for (const sample of samples) {
        for (const [, label = '', value = ''] of sample.matchAll(/(\w+)="([^"]*)"/g)) {
          labels.set(label, [...(labels.get(label) ?? []), value]);
        }
      }
      const written = [...labels].map(
        ([label, values]) => `${label}: ${values.map((one) => `\`${one}\``).join(', ')}`,
      );
      return [`\`${name}\``, second.split(' ').at(-1) ?? '', written.join('; '), help];
    });
}
