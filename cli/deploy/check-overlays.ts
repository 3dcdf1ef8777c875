import { isMap, isScalar } from 'yaml';
import { failure } from '../../shards/overlay/findings.ts';
import type { FleetFolder } from '../../shards/overlay/fleet-folder.ts';
import type { Overlay } from '../../shards/overlay/overlay.ts';
import { placeOfKey } from '../../shards/overlay/yaml-source.ts';
import { kustomizationKeys } from './kustomization-keys.ts';

/** A UsageError that lists, with their places, what kustomize or a cluster would refuse only later or not at all. */
export function checkOverlays({ overlays }: Pick<FleetFolder, 'overlays'>): void {
  const findings = [...overlays.flatMap(unknownKeys), ...sharedPorts(overlays)];
  if (findings.length > 0)
    throw failure('overlays that would not do what they seem to; nothing was applied:', findings);
}

/** kustomize names such a key too, but not where it stands. */
function unknownKeys({ source }: Overlay): string[] {
  const root = source.document.contents;
  if (!isMap(root)) return [];
  const keys = root.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''));
  return keys
    .filter((key) => !kustomizationKeys.has(key))
    .map(
      (key) => `${placeOfKey(source, [], key)}: unknown setting "${key}"; kustomize has none of this name`,
    );
}

/** Two bridges with one host port can't be on one node: the second would wait for another node, or for ever. */
function sharedPorts(overlays: readonly Overlay[]): string[] {
  const first = new Map<number, Overlay>();
  return overlays.filter(takesHostPort).flatMap((overlay) => {
    const { mediaPort, places, source } = overlay;
    const other = first.get(mediaPort);
    first.set(mediaPort, other ?? overlay);
    if (!other) return [];
    const whose = `shard ${other.spec.name} (${other.places.get('JVB_PORT') ?? other.source.file})`;
    return [
      `${places.get('JVB_PORT') ?? source.file}: JVB_PORT: ${mediaPort} is already that of ${whose}, on the same nodes`,
    ];
  });
}

function takesHostPort({ components }: Overlay): boolean {
  return components.some((one) => /\/media-hostport\/?$/.test(one));
}
