import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const event = z.object({
  verb: z.string(),
  requestURI: z.string(),
  user: z.object({ username: z.string() }),
  objectRef: z
    .object({
      apiGroup: z.string().default(''),
      resource: z.string(),
      subresource: z.string().optional(),
      namespace: z.string().optional(),
      name: z.string().optional(),
    })
    .optional(),
  responseStatus: z.object({ code: z.int() }).optional(),
});

/** What the API server noted of a request that it answered, or of a watch that it began. */
export type AuditEvent = z.infer<typeof event>;

/** What an API server was asked since it started. */
export interface Audit {
  /** Flags for it. */
  readonly args: readonly string[];
  /** What a user asked, in order; ServiceAccounts are `system:serviceaccount:<namespace>:<name>`. */
  of(user: string): Promise<AuditEvent[]>;
  end(): Promise<void>;
}

const policy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata' }],
};

/** Makes a place for an API server's audit log. */
export async function startAudit(): Promise<Audit> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-audit-'));
  const [policyFile, log] = [join(folder, 'policy'), join(folder, 'log')];
  await writeFile(policyFile, JSON.stringify(policy));
  return {
    args: [`--audit-policy-file=${policyFile}`, `--audit-log-path=${log}`],
    of: async (user) => {
      const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
      return lines.map((line) => event.parse(JSON.parse(line))).filter((one) => one.user.username === user);
    },
    end: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Whether it changed anything, or tried to: dry runs and questions about rights do not. */
export function isWrite({ verb, requestURI, objectRef }: AuditEvent): boolean {
  const reads = ['get', 'list', 'watch'];
  return (
    !reads.includes(verb) &&
    !requestURI.includes('dryRun=All') &&
    objectRef?.apiGroup !== 'authorization.k8s.io'
  );
}
