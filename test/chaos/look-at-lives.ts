import type { UsherApi } from '../../cli/api/usher-api.ts';
import { sleep } from '../../common/time.ts';
import type { Lives } from './oracle/lives.ts';

const everyMs = 500;

/** Notes the shards' incarnations of now. Throws as the API does. */
export async function lookAtLives(api: UsherApi, lives: Lives): Promise<void> {
  const begun = Date.now();
  lives.note(await api.shards(), begun, Date.now());
}

/** Does so again and again until `signal` aborts. While no orchestrator answers, none gives a shard a new life. */
export async function watchLives(api: UsherApi, lives: Lives, signal: AbortSignal): Promise<void> {
  do await lookAtLives(api, lives).catch(() => undefined);
  while (await sleep(everyMs, signal));
}
