import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UsageError } from '../../common/errors.ts';
import { failure, parseWith } from '../../shards/overlay/findings.ts';
import { readFleetFolder } from '../../shards/overlay/fleet-folder.ts';
import { parseYaml, placeOf } from '../../shards/overlay/yaml-source.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import { checkRules } from './rules.ts';
import { type Fleet, fleetFile } from './schema.ts';
import { withPasswords } from './secret.ts';

/** Reads `fleet.yaml` in the fleet's folder; a UsageError lists everything wrong with it by file:line:column. */
export async function readFleet(folder: string): Promise<Fleet> {
  const file = join(folder, 'fleet.yaml');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const message = `can't read the fleet file ${file}: ${messageOf(error)}; give the folder that holds fleet.yaml`;
    throw new UsageError(message, { cause: error });
  });
  return parseFleet(file, text);
}

/** The fleet that `text` describes; `file` is only named in messages. Throws as `readFleet` does. */
export function parseFleet(file: string, text: string): Fleet {
  const summary = 'the fleet file is wrong:';
  const source = parseYaml(file, text);
  const fleet = parseWith(withPasswords(fleetFile), source, summary);
  const findings = checkRules(fleet).map(
    ({ path, message }) => `${placeOf(source, path)}: ${path.join('.')}: ${message}`,
  );
  if (findings.length > 0) throw failure(summary, findings);
  return fleet;
}

/** The shards of the fleet's folder, from their overlays; a UsageError if one is in a pool `fleet` lacks. */
export async function readFleetShards(folder: string, fleet: Fleet): Promise<ShardSpec[]> {
  const { overlays } = await readFleetFolder(folder);
  const findings: string[] = [];
  for (const { spec, source, places } of overlays) {
    if (fleet.pools.includes(spec.pool)) continue;
    findings.push(
      `${places.get('POOL') ?? source.file}: POOL: expected one of ${fleet.pools.join(', ')}; found "${spec.pool}"`,
    );
  }
  if (findings.length > 0) throw failure('shards in a pool that the fleet file does not name:', findings);
  return overlays.map((overlay) => overlay.spec);
}
