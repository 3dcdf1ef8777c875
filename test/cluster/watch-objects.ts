import {
  type KubeConfig,
  type KubernetesListObject,
  type KubernetesObject,
  makeInformer,
  type ObjectCache,
} from '@kubernetes/client-node';
import { sleep } from '../../common/time.ts';

/** What to watch: all objects of one kind, in all namespaces. */
export interface Watched<T extends KubernetesObject> {
  /** `/api/v1/pods`. */
  readonly path: string;
  list(): Promise<KubernetesListObject<T>>;
  /** Told of each object that came, changed or, with `gone`, went. */
  onChange?(object: T, gone: boolean): void;
}

/** Keeps a copy of all objects of a kind until `signal` aborts; resolves once it holds them. */
export async function watchObjects<T extends KubernetesObject>(
  config: KubeConfig,
  watched: Watched<T>,
  signal: AbortSignal,
): Promise<ObjectCache<T>> {
  const informer = makeInformer(config, watched.path, () => watched.list());
  informer.on('add', (object) => watched.onChange?.(object, false));
  informer.on('update', (object) => watched.onChange?.(object, false));
  informer.on('delete', (object) => watched.onChange?.(object, true));
  // It stops for good at an error.
  informer.on('error', () => void restart());
  signal.addEventListener('abort', () => void informer.stop());
  await informer.start();
  return informer;

  async function restart(): Promise<void> {
    await sleep(200, signal);
    if (!signal.aborted) await informer.start().catch(restart);
  }
}
