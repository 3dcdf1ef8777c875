/** One value for Prometheus; `name` without the program's prefix. */
export interface Metric {
  name: string;
  help: string;
  type: 'gauge' | 'counter';
  value: number;
}

export function gauge(name: string, help: string, value: number): Metric {
  return { name, help, type: 'gauge', value };
}

export function counter(name: string, help: string, value: number): Metric {
  return { name, help, type: 'counter', value };
}

/** What `/metrics` of Jitsi's programs answers: JSON (names without prefix) if asked for, else Prometheus text. */
export function renderMetrics(
  prefix: string,
  metrics: readonly Metric[],
  accept: string | undefined,
): { contentType: string; body: string } {
  if (accept?.includes('application/json')) {
    const values = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    return { contentType: 'application/json', body: JSON.stringify(values) };
  }
  const lines = metrics.map(({ name, help, type, value }) => {
    // The exposition format wants counters to end in _total.
    const full = `${prefix}_${name}${type === 'counter' ? '_total' : ''}`;
    return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${full} ${value}\n`;
  });
  return { contentType: 'text/plain; version=0.0.4; charset=utf-8', body: lines.join('') };
}
