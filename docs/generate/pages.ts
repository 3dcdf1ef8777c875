import { apiText } from './api.ts';
import { configurationText } from './configuration.ts';
import { metricsText } from './metrics.ts';

/** Every generated reference but the CLI's: its file, and what must stand there. */
export async function pages(): Promise<Map<URL, string>> {
  const file = (name: string) => new URL(`../reference/${name}.md`, import.meta.url);
  return new Map([
    [file('configuration'), configurationText()],
    [file('api'), apiText()],
    [file('metrics'), await metricsText()],
  ]);
}
