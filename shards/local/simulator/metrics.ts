/** One value for Prometheus; `name` without the program's prefix. */
export interface Metric {
  name: string;
  help: string;
  type: 'gauge' | 'counter';
  /** A flag is 1 or 0 in Prometheus text. */
  value: number | boolean;
}

export function gauge(name: string, help: string, value: number | boolean): Metric {
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
    const values = Object.fromEntries(metrics.map((metric) => [fullName(metric), metric.value]));
    return { contentType: 'application/json', body: JSON.stringify(values) };
  }
  const lines = metrics.map((metric) => {
    const full = `${prefix}_${fullName(metric)}`;
    return `# HELP ${full} ${metric.help}\n# TYPE ${full} ${metric.type}\n${full} ${Number(metric.value)}\n`;
  });
  return { contentType: 'text/plain; version=0.0.4; charset=utf-8', body: lines.join('') };
}

/** Jitsi's programs have counters end in _total, in JSON too. */
function fullName({ name, type }: Metric): string {
  return type === 'counter' ? `${name}_total` : name;
}
