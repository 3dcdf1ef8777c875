import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from './manifest.ts';

/** One field that differs. */
export interface FieldDifference {
  /** `spec.template.spec.containers[0].image`. */
  readonly field: string;
  /** Undefined: it is not there. */
  readonly live: unknown;
  readonly wanted: unknown;
}

/** What the server itself writes at every change, or at none that people make. */
const ownOfServer = ['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp'];

/** Where two states of an object differ, but for what is the server's own; a Secret's values are not shown. */
export function compareObjects(live: Manifest, wanted: Manifest): FieldDifference[] {
  const found = differences('', withoutServersOwn(live), withoutServersOwn(wanted));
  if (wanted.kind !== 'Secret') return found;
  return found.map((one) => (/^(data|stringData)\b/.test(one.field) ? hidden(one) : one));
}

function withoutServersOwn({ status: _, ...object }: Manifest): object {
  const metadata = Object.entries(object.metadata).filter(([key]) => !ownOfServer.includes(key));
  return { ...object, metadata: Object.fromEntries(metadata) };
}

function differences(field: string, live: unknown, wanted: unknown): FieldDifference[] {
  if (isDeepStrictEqual(live, wanted)) return [];
  if (Array.isArray(live) && Array.isArray(wanted)) {
    const longer = live.length > wanted.length ? live : wanted;
    return [...longer.keys()].flatMap((index) =>
      differences(`${field}[${index}]`, live[index], wanted[index]),
    );
  }
  if (!isMapping(live) || !isMapping(wanted)) return [{ field, live, wanted }];
  const keys = new Set([...Object.keys(live), ...Object.keys(wanted)]);
  return [...keys].flatMap((key) => differences(join(field, key), live[key], wanted[key]));
}

function join(field: string, key: string): string {
  // Dots are common in the keys of annotations.
  if (/[^\w-]/.test(key)) return `${field}["${key}"]`;
  return field === '' ? key : `${field}.${key}`;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hidden({ field, live, wanted }: FieldDifference): FieldDifference {
  const mask = (value: unknown) => (value === undefined ? undefined : '(hidden)');
  return { field, live: mask(live), wanted: mask(wanted) };
}
