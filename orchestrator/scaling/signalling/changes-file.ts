import { z } from 'zod';
import { editFlat, readFlat } from '../../../shards/overlay/flat-file.ts';
import type { TextChange } from '../../../shards/overlay/text-change.ts';
import type { StoredText, Wishes } from '../../../shards/overlay/wishes.ts';

/** The last that usher did to a shard by itself. */
export interface ShardChange {
  readonly did: 'added' | 'drained' | 'undrained';
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** `signalling.yaml`: shard -> what usher did and when, as in `drained 2026-11-21T12:00:00.000Z`. */
const changesFile = z.record(
  z.string(),
  z
    .string()
    .regex(
      /^(added|drained|undrained) \d{4}-\d\d-\d\dT[\d:.]+Z$/,
      'expected added, drained or undrained, and when, as in drained 2026-11-21T12:00:00Z',
    )
    .transform((text): ShardChange => {
      const [did, at = ''] = text.split(' ');
      return { did: did as ShardChange['did'], at: Date.parse(at) };
    }),
);

const preface =
  '# What usher did to shards by itself, and when: what it drained it may take back, and no operator’s drain.\n';

/** What usher did, by shard. A UsageError lists what is wrong with the file. */
export async function readShardChanges(wishes: Wishes): Promise<ReadonlyMap<string, ShardChange>> {
  return new Map(Object.entries(parse(await wishes.text('signalling.yaml'))));
}

/** What changes to keep that usher did this; what it did to shards that are not among `present` is forgotten. */
export async function planShardChange(
  wishes: Wishes,
  shard: string,
  { did, at }: ShardChange,
  present: Iterable<string>,
): Promise<TextChange> {
  const stored = await wishes.text('signalling.yaml');
  const known = new Set([...present, shard]);
  const gone = Object.keys(parse(stored)).filter((name) => !known.has(name));
  const { path } = stored;
  const edit = (text: string | undefined, key: string, value?: string) =>
    editFlat({ path, text }, key, value, preface);
  const kept = gone.reduce((text, name) => edit(text, name), stored.text);
  return { path, before: stored.text, after: edit(kept, shard, `${did} ${new Date(at).toISOString()}`) };
}

function parse(stored: StoredText): Record<string, ShardChange> {
  return readFlat(stored, changesFile, 'what usher did to shards is written wrongly:');
}
