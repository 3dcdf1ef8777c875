import type { z } from 'zod';
import * as answers from '../../orchestrator/api/schema.ts';
import {
  desiredBody,
  pinBody,
  rebuildBody,
  removeBody,
  roomsQuery,
  upgradeBody,
  upgradeWordBody,
} from '../../orchestrator/api/server.ts';
import { eventsAnswer, eventsQuery, fleetEvent } from '../../orchestrator/events/schema.ts';
import { apiRoutes } from './api-routes.ts';
import { readDocComments } from './doc-comments.ts';
import { schemaSections, table } from './schema-sections.ts';

const preface = `# The orchestrator's API

Written by \`node docs/generate/main.ts\` from the server's schemas; change it there.

JSON over HTTP, on \`orchestrator.api\` of the fleet file. There is no authentication yet: keep it on an address
that only operators reach. Times are ISO 8601. What went wrong is an [errorAnswer](#erroranswer), with status 400
(the request), 404 (no such address), 409 (the fleet's state forbids it) or 503 (the fleet cannot tell now).
`;

const files = [
  '../../orchestrator/api/server.ts',
  '../../orchestrator/api/schema.ts',
  '../../orchestrator/events/schema.ts',
];

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
  return [
    preface,
    table(['route', 'takes', 'answers', ''], routes),
    schemaSections({
      schemas: {
        roomsQuery,
        eventsQuery,
        desiredBody,
        removeBody,
        pinBody,
        rebuildBody,
        upgradeBody,
        upgradeWordBody,
      },
      comments,
      io: 'input',
    }),
    schemaSections({ schemas: sorted({ ...answers, fleetEvent, eventsAnswer }), comments, io: 'output' }),
  ].join('\n');
}

/** A module's order is not the same under every loader. */
function sorted(schemas: Readonly<Record<string, z.ZodType>>): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
}
