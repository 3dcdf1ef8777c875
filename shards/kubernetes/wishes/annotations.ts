import { parse, stringify } from 'yaml';
import { UsageError } from '../../../common/errors.ts';
import { clusterAnnotations } from '../../overlay/schema.ts';
import { writeWish } from '../../overlay/wish-annotations.ts';
import type { Wish } from '../../spec/schema.ts';

/** Annotations by which a shard's wish is told; undefined for one that must not stand there. */
export type Marks = Readonly<Record<string, string | undefined>>;

const keys = Object.keys(clusterAnnotations.shape).sort();

/** Those of `annotations` by which a wish is told, as a text that can be compared and parsed. */
export function marksText(annotations: Marks): string {
  return stringify(
    Object.fromEntries(keys.flatMap((key) => (annotations[key] ? [[key, annotations[key]]] : []))),
  );
}

/** What changes from one such text to another, as a merge patch takes it. */
export function marksPatch(before: string, after: string): Record<string, string | null> {
  const [from, to] = [before, after].map((text) => parse(text) as Record<string, string>);
  const changed = keys.filter((key) => from?.[key] !== to?.[key]);
  return Object.fromEntries(changed.map((key) => [key, to?.[key] ?? null]));
}

/**
 * The annotations that tell of `wish` on a shard that has `present` ones.
 *
 * @throws UsageError when the shard was removed and the wish is not that it comes back
 */
export function marksOfWish(name: string, present: Marks, wish: Wish): Marks {
  const removed = present['usher.dev/removed'];
  const next = { ...present, ...writeWish(wish), 'usher.dev/removed': undefined };
  if (removed === undefined || wish.desired === 'active') return next;
  if (marksText(next) === marksText({ ...present, 'usher.dev/removed': undefined })) return present;
  throw new UsageError(
    `${name} was removed at ${removed}, and what is left of it may be deleted; \`usher shard uncordon ${name}\` brings it back`,
  );
}

/**
 * What somebody else applied stands, as they would apply it again: git's word is taken back in git.
 *
 * @param owners annotation -> the other field managers whose word it is
 * @throws UsageError that names them, when `next` says otherwise
 */
export function refuseForeign(
  where: string,
  present: Marks,
  next: Marks,
  owners: ReadonlyMap<string, readonly string[]>,
): void {
  for (const key of keys) {
    const others = owners.get(key);
    if (!others || present[key] === next[key]) continue;
    throw new UsageError(
      `${where}: ${others.join(', ')} set ${key} to "${present[key] ?? ''}", and would set it again; change it there: in git, or wherever it was applied from`,
    );
  }
}
