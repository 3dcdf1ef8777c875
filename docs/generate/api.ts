import type { z } from 'zod';
import * as bridges from '../../orchestrator/api/schema/bridges.ts';
import * as change from '../../orchestrator/api/schema/change.ts';
import * as fleet from '../../orchestrator/api/schema/fleet.ts';
import * as history from '../../orchestrator/api/schema/history.ts';
import * as load from '../../orchestrator/api/schema/load.ts';
import * as proxies from '../../orchestrator/api/schema/proxies.ts';
import * as rooms from '../../orchestrator/api/schema/rooms.ts';
import * as scale from '../../orchestrator/api/schema/scale.ts';
import * as shards from '../../orchestrator/api/schema/shards.ts';
import * as signalling from '../../orchestrator/api/schema/signalling.ts';
import * as splits from '../../orchestrator/api/schema/splits.ts';
import * as upgrade from '../../orchestrator/api/schema/upgrade.ts';
import { eventsAnswer, eventsQuery, fleetEvent } from '../../orchestrator/events/schema.ts';
import { scaleChange } from '../../orchestrator/scaling/rules/scale-change.ts';
import { event, floor, schedule } from '../../orchestrator/scaling/rules/schema.ts';
import { apiRoutes } from './api-routes.ts';
import { readDocComments } from './doc-comments.ts';
import { schemaSections, table } from './schema-sections.ts';

const preface = `# The orchestrator's API

Written by \`node docs/generate/main.ts\` from the server's schemas; change it there.

JSON over HTTP, on \`orchestrator.api\` of the fleet file. There is no authentication yet: keep it on an address
that only operators reach. Times are ISO 8601. What went wrong is an [errorAnswer](#erroranswer), with status 400
(the request), 404 (no such address), 409 (the fleet's state forbids it) or 503 (the fleet cannot tell now, or
this orchestrator stands by).
`;

const bySubject = {
  bridges,
  change,
  fleet,
  history,
  load,
  proxies,
  rooms,
  scale,
  shards,
  signalling,
  splits,
  upgrade,
};
const files = [
  ...Object.keys(bySubject).map((subject) => `../../orchestrator/api/schema/${subject}.ts`),
  '../../orchestrator/events/schema.ts',
  '../../orchestrator/scaling/rules/scale-change.ts',
  '../../orchestrator/scaling/rules/schema.ts',
];
/** What a body has within it. */
const parts = { scaleChange, schedule, event, floor };
const schemas: Readonly<Record<string, z.ZodType>> = {
  ...Object.assign({}, ...Object.values(bySubject)),
  ...{ eventsQuery, eventsAnswer, fleetEvent },
  ...parts,
};

/** `docs/reference/api.md`. */
export function apiText(): string {
  const comments = new Map(files.flatMap((file) => [...readDocComments(new URL(file, import.meta.url))]));
  const link = (name: string) => `[${name}](#${name.toLowerCase()})`;
  const routes = apiRoutes.map(({ route, takes, gives, isList, what }) => [
    `\`${route}\``,
    takes ? link(takes) : '',
    `${isList ? 'list of ' : ''}${gives ? link(gives) : ''}`,
    what,
  ]);
  const taken = [...apiRoutes.flatMap((route) => route.takes ?? []), ...Object.keys(parts)];
  const answered = Object.keys(schemas).filter((name) => !taken.includes(name));
  return [
    preface,
    table(['route', 'takes', 'answers', ''], routes),
    schemaSections({ schemas: only(taken), comments, io: 'input' }),
    // A module's order is not the same under every loader.
    schemaSections({ schemas: only(answered.toSorted()), comments, io: 'output' }),
  ].join('\n');
}

function only(names: readonly string[]): Record<string, z.ZodType> {
  return Object.fromEntries(names.flatMap((name) => (schemas[name] ? [[name, schemas[name]]] : [])));
}
