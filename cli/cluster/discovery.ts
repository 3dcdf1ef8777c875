import { z } from 'zod';
import type { ApiServer } from './api-server.ts';
import { inParallel } from './in-parallel.ts';
import type { Manifest } from './manifest.ts';

const resourceList = z.object({
  resources: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      namespaced: z.boolean(),
      verbs: z.array(z.string()).default([]),
    }),
  ),
});
const groupList = z.object({
  groups: z.array(z.object({ preferredVersion: z.object({ groupVersion: z.string() }) })),
});

/** A kind of object that a cluster knows. */
export interface Resource {
  /** `apps/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** In the plural, as it stands in paths. */
  readonly name: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** Which kinds of objects a cluster knows; each API version is asked for once. */
export class Discovery {
  readonly #server: ApiServer;
  readonly #known = new Map<string, Promise<Resource[]>>();

  constructor(server: ApiServer) {
    this.#server = server;
  }

  /** Undefined when the cluster has no such API version, or no such kind in it. */
  async find({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): Promise<Resource | undefined> {
    return (await this.#resources(apiVersion)).find((one) => one.kind === kind);
  }

  /** All kinds, each in the version that the cluster prefers. */
  async all(): Promise<Resource[]> {
    const { groups } = await this.#server.ask('/apis', groupList);
    const versions = ['v1', ...groups.map(({ preferredVersion }) => preferredVersion.groupVersion)];
    return (await inParallel(versions, (version) => this.#resources(version))).flat();
  }

  #resources(apiVersion: string): Promise<Resource[]> {
    const known = this.#known.get(apiVersion) ?? this.#ask(apiVersion);
    this.#known.set(apiVersion, known);
    return known;
  }

  async #ask(apiVersion: string): Promise<Resource[]> {
    const found = await this.#server.find(rootOf(apiVersion), resourceList);
    // A name with a slash is a part of an object: `pods/log`.
    const whole = (found?.resources ?? []).filter(({ name }) => !name.includes('/'));
    return whole.map((resource) => ({ apiVersion, ...resource }));
  }
}

/** The path of the objects of a kind, or of one of them. */
export function pathOf(
  { apiVersion, name: plural, namespaced }: Resource,
  { namespace, name }: { namespace?: string | undefined; name?: string },
): string {
  const parts = [rootOf(apiVersion)];
  if (namespaced && namespace !== undefined) parts.push('namespaces', namespace);
  parts.push(plural);
  if (name !== undefined) parts.push(name);
  return parts.join('/');
}

/** `apps` of `apps/v1`; none of `v1`. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
