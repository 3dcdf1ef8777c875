import type { ApiServer } from './api-server.ts';
import { fieldManager } from './field-manager.ts';
import { type Manifest, manifest } from './manifest.ts';
import type { Planned } from './plan-objects.ts';

/** How to apply. */
export interface ApplyOptions {
  /** Takes fields over from other managers. */
  readonly force: boolean;
  /** The server answers what would be, and keeps nothing. */
  readonly dryRun: boolean;
}

/**
 * Applies an object on the server's side, and returns it as it then is. A field that the server does not know is
 * refused.
 *
 * @throws RefusedError, with `conflicts` where other managers' fields are in the way
 */
export function applyObject(
  server: ApiServer,
  { object, path }: Planned,
  { force, dryRun }: ApplyOptions,
): Promise<Manifest> {
  return server.ask(path, manifest, {
    method: 'PATCH',
    // JSON is YAML.
    headers: { 'content-type': 'application/apply-patch+yaml' },
    query: {
      fieldManager,
      fieldValidation: 'Strict',
      force: String(force),
      ...(dryRun && { dryRun: 'All' }),
    },
    body: object,
  });
}
