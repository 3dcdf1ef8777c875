import { renderOverlay } from '../../shards/overlay/overlay.ts';
import { shardSpec } from '../../shards/spec/schema.ts';
import { render } from '../../templates/render.ts';
import type { Answers } from './answers.ts';

/** Jitsi's own. */
const firstMediaPort = 10_000;
const bridges = { kubernetes: { min: 2, max: 8 }, local: { min: 1, max: 3 } } as const;

/** The texts of a new fleet by their paths in its folder; fleet.yaml, which makes it one, comes last. */
export function fleetTexts(answers: Answers, version: string): Map<string, string> {
  const { name, driver, publicUrl, region, media, proxies } = answers;
  const inCluster = driver === 'kubernetes';
  const spec = shardSpec.parse({ name: `${region}-1`, region, bridges: bridges[driver] });
  const components = [`../../../../components/media-${media}`];
  const texts = new Map([
    ['env/kustomization.yaml', render('init-env.yaml', answers)],
    [`shards/${spec.name}/kustomization.yaml`, renderOverlay(spec, firstMediaPort, components)],
  ]);
  if (inCluster) {
    texts.set('usher/kustomization.yaml', render('init-usher.yaml', { version, proxies }));
    texts.set('usher/api-server.yaml', render('init-api-server.yaml', {}));
    texts.set('usher/ingress.yaml', render('init-ingress.yaml', { host: new URL(publicUrl).hostname }));
  }
  texts.set('kustomization.yaml', render('init-list.yaml', { name, inCluster, shard: spec.name }));
  const numbers = [...Array(proxies).keys()];
  texts.set(
    'fleet.yaml',
    inCluster
      ? render('init-fleet-kubernetes.yaml', { name, proxies: numbers })
      : render('init-fleet-local.yaml', { name, proxies: numbers.map(localProxy) }),
  );
  return texts;
}

function localProxy(index: number) {
  const number = index + 1;
  return { number, bind: 8000 + number, stats: 8100 + number, spoe: 8200 + number, http: 8300 + number };
}
