import { proxyLimits, proxySettings } from '../../haproxy/config/schema.ts';
import { redisSettings } from '../../haproxy/stick-table/settings.ts';
import { fleetFile } from '../../orchestrator/fleet/schema.ts';
import { event, floor, schedule } from '../../orchestrator/scaling/rules/schema.ts';
import { signallingSettings } from '../../orchestrator/scaling/signalling/settings.ts';
import { readDocComments } from './doc-comments.ts';
import { schemaSections } from './schema-sections.ts';

const preface = `# The fleet file

Written by \`node docs/generate/main.ts\` from the schemas that read \`fleet.yaml\`; change it there.

A key that is not listed is an error. A name has lower-case letters, digits and inner hyphens, at most 40
characters. Times end in \`Ms\` and are milliseconds. \`redis.password\` and \`redis.sentinelPassword\` may also be
\`{ env: NAME }\`: the value of that environment variable. Shards are not in this file: each is an overlay under
\`shards/\`, see [../operate.md](../operate.md).
`;

const files = [
  '../../orchestrator/fleet/schema.ts',
  '../../orchestrator/scaling/rules/schema.ts',
  '../../orchestrator/scaling/signalling/settings.ts',
  '../../haproxy/config/schema.ts',
  '../../haproxy/stick-table/settings.ts',
];

/** `docs/reference/configuration.md`. */
export function configurationText(): string {
  const comments = new Map(files.flatMap((file) => [...readDocComments(new URL(file, import.meta.url))]));
  const timings = fleetFile.shape.timings.unwrap();
  const scaling = fleetFile.shape.scaling.unwrap();
  for (const [name, comment] of [...comments]) {
    comments.set(name.replace(/^scale(Settings|Values)\./, 'scaling.'), comment);
  }
  const parts = { timings, scaling, schedule, event, floor, signallingSettings };
  const schemas = { fleetFile, proxySettings, proxyLimits, redisSettings, ...parts };
  return `${preface}\n${schemaSections({ schemas, comments, io: 'input' })}`;
}
