import { z } from 'zod';

/** The API server's audit policy: all that a user asks for, each request once or, for a watch, twice. */
export function auditPolicy(user: string): string {
  return JSON.stringify({
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitStages: ['RequestReceived'],
    rules: [{ level: 'Metadata', users: [user] }, { level: 'None' }],
  });
}

const event = z.object({
  stage: z.string(),
  verb: z.string(),
  objectRef: z.object({ resource: z.string(), subresource: z.string().optional() }).optional(),
  requestURI: z.string(),
});

/** How many requests a part of the audit log tells of, by verb and resource; a watch counts when it begins. */
export function countRequests(lines: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines.split('\n').filter((text) => text !== '')) {
    const { stage, verb, objectRef, requestURI } = event.parse(JSON.parse(line));
    if ((verb === 'watch') !== (stage === 'ResponseStarted')) continue;
    const { resource = requestURI, subresource } = objectRef ?? {};
    const key = `${verb} ${subresource === undefined ? resource : `${resource}/${subresource}`}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
