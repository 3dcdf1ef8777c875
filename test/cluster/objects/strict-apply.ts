import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { KubeConfig } from '@kubernetes/client-node';
import { Discovery, pathOf } from '../../../cli/cluster/discovery.ts';
import { manifest, wordsFor } from '../../../cli/cluster/manifest.ts';
import { serverOf } from '../server-of.ts';

/** Applies an object, and returns what the API server has to say against it. */
export type StrictApply = (object: object) => Promise<string[]>;

/**
 * Server-side apply, which here takes no field that the server does not know. Gives what it refuses and what it warns
 * of, Pod Security and deprecated versions among them: `Kind namespace/name: words`, one for each.
 *
 * @param dryRun nothing is kept
 */
export function strictApply(config: KubeConfig, { dryRun }: { dryRun: boolean }): StrictApply {
  const server = serverOf(config, new AbortController().signal);
  const discovery = new Discovery(server);
  const query = `fieldManager=test&force=true&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
  return async (object) => {
    const parsed = manifest.parse(object);
    const said = (words: string) => `${wordsFor(parsed)}: ${words}`;
    const resource = await discovery.find(parsed);
    if (!resource) return [said(`there is no ${parsed.kind} of ${parsed.apiVersion}`)];
    const answer = await applyText(
      config,
      `${pathOf(resource, parsed.metadata)}?${query}`,
      JSON.stringify(object),
    );
    return [...answer.warnings, ...(answer.status < 300 ? [] : [answer.body])].map(said);
  };
}

/** What an API server answered to an apply. */
export interface ApplyAnswer {
  readonly status: number;
  readonly body: string;
  readonly warnings: readonly string[];
}

/** Applies a text of YAML, which the API server reads by itself, as an object at `path` with its query. */
export async function applyText(config: KubeConfig, path: string, yaml: string): Promise<ApplyAnswer> {
  const headers = { 'content-type': 'application/apply-patch+yaml' };
  const options = { method: 'PATCH', headers, signal: AbortSignal.timeout(20_000) };
  await config.applyToHTTPSOptions(options);
  return new Promise((resolve, reject) => {
    const asked = request(`${config.getCurrentCluster()?.server}${path}`, options, (response) => {
      const { statusCode = 0, headersDistinct } = response;
      // `299 - "words"`
      const warnings = (headersDistinct.warning ?? []).map((one) => JSON.parse(one.replace(/^\S+ \S+ /, '')));
      text(response).then((body) => resolve({ status: statusCode, body, warnings }), reject);
    });
    asked.once('error', reject).end(yaml);
  });
}
