import { createAgentMetrics } from '../../haproxy/agent/metrics.ts';
import { createStats } from '../../haproxy/spoe/stats.ts';
import { table } from './schema-sections.ts';

const preface = `# Metrics

Written by \`node docs/generate/main.ts\` from what the agent registers; change it there.

Prometheus text. The agent serves it on \`agent.http\` of its proxy, under \`/metrics\`; HAProxy's own metrics are
under \`/metrics\` of the proxy's \`stats\` address. No metric has a label for a room. The orchestrator has no
metrics yet.

## Agent
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
  return `${preface}\n${table(['metric', 'type', 'labels', ''], metricRows(await metrics.text()))}`;
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
