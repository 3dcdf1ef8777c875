import { runJicofo } from './jicofo.ts';
import { runJvb } from './jvb.ts';
import { runProsody } from './prosody.ts';
import type { Runner } from './runner.ts';
import { runWeb } from './web.ts';

/** Runners by image, without registry and tag. */
export type Runners = Readonly<Record<string, Runner>>;

const jitsi: Runners = {
  'jitsi/prosody': runProsody,
  'jitsi/jicofo': runJicofo,
  'jitsi/jvb': runJvb,
  'jitsi/web': runWeb,
};

/** The runner of an image, from whatever registry; undefined for one that nothing stands for. */
export function findRunner(image: string, more: Runners = {}): Runner | undefined {
  const name = image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  const runners = Object.entries({ ...jitsi, ...more });
  return runners.find(([known]) => name === known || name.endsWith(`/${known}`))?.[1];
}
