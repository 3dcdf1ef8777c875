import { describe, expect, it } from 'vitest';
import { type Metric, renderMetrics } from './metrics.ts';

const metrics: Metric[] = [
  { name: 'stress', help: 'Stress.', type: 'gauge', value: 0.5 },
  { name: 'conferences_created', help: 'Conferences.', type: 'counter', value: 3 },
  { name: 'drain_mode', help: 'Drain.', type: 'gauge', value: true },
];

describe('renderMetrics', () => {
  it('answers Prometheus text by default', () => {
    const { contentType, body } = renderMetrics('jitsi_jvb', metrics, '*/*');
    expect(contentType).toContain('text/plain');
    expect(body).toContain('# TYPE jitsi_jvb_stress gauge\njitsi_jvb_stress 0.5\n');
    expect(body).toContain('# TYPE jitsi_jvb_conferences_created_total counter\n');
    expect(body).toMatch(/^jitsi_jvb_drain_mode 1$/m);
  });

  it('answers JSON when asked', () => {
    const { body } = renderMetrics('jitsi_jvb', metrics, 'application/json');
    expect(JSON.parse(body)).toEqual({ stress: 0.5, conferences_created_total: 3, drain_mode: true });
  });
});
