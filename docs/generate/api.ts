import type { z } from 'zod';
import * as answers from '../../orchestrator/api/schema.ts';
import { desiredBody, pinBody, rebuildBody, removeBody, roomsQuery } from '../../orchestrator/api/server.ts';
import { apiRoutes } from './api-routes.ts';
import { readDocComments } from './doc-comments.ts';
import { schemaSections, table } from './schema-sections.ts';

const preface = `# The orchestrator's API

Written by \`node docs/generate/main.ts\` from the server's schemas; change it there.

JSON over HTTP, on \`orchestrator.api\` of the fleet file. There is no authentication yet: keep it on an address
that only operators reach. Times are ISO 8601. What went wrong is an [errorAnswer](#erroranswer), with status 400
(the request), 404 (no such address) or 503 (the fleet cannot tell now).
`;

/** `docs/reference/api.md`. */
export function apiText(): string {
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
      schemas: { roomsQuery, desiredBody, removeBody, pinBody, rebuildBody },
      comments: commentsOf('server.ts'),
      io: 'input',
    }),
    schemaSections({ schemas: sorted(answers), comments: commentsOf('schema.ts'), io: 'output' }),
  ].join('\n');
}

/** A module's order is not the same under every loader. */
function sorted(schemas: Readonly<Record<string, z.ZodType>>): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function commentsOf(file: string): Map<string, string> {
  return readDocComments(new URL(`../../orchestrator/api/${file}`, import.meta.url));
}
