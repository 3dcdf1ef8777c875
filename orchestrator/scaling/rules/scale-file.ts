import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { z } from 'zod';
import { parseWith } from '../../../shards/overlay/findings.ts';
import { isBare } from '../../../shards/overlay/flat-file.ts';
import type { TextChange } from '../../../shards/overlay/text-change.ts';
import type { StoredText, Wishes } from '../../../shards/overlay/wishes.ts';
import { parseYaml } from '../../../shards/overlay/yaml-source.ts';
import { label } from '../../../shards/spec/schema.ts';
import { type ScaleSettings, scaleSettings } from './schema.ts';

/** All shards, where a shard is named. */
export const everyShard = '*';

/** What may stand for the shards that are meant. */
export const shardOrEvery = z
  .string()
  .refine(
    (text) => text === everyShard || label.safeParse(text).success,
    'expected the name of a shard, or "*" for every one',
  );

/** `scale.yaml`: what operators want, by shard or for every one. */
export type ScaleFile = Readonly<Record<string, ScaleSettings>>;

const scaleFile: z.ZodType<ScaleFile> = z.record(z.string(), scaleSettings).superRefine((file, context) => {
  for (const key of Object.keys(file)) {
    const wrong = shardOrEvery.safeParse(key).error?.issues[0];
    if (wrong) context.addIssue({ code: 'custom', path: [key], message: wrong.message });
  }
});

const heading =
  '# How operators want bridges scaled: "*" is every shard. `usher scale` writes here; what is over is taken out.\n\n';

/** What operators want, with the text that says so. */
export interface StoredScale extends StoredText {
  readonly settings: ScaleFile;
}

/** Reads `scale.yaml`; a UsageError lists what is wrong with it. */
export async function readScale(wishes: Wishes): Promise<StoredScale> {
  const stored = await wishes.text('scale.yaml');
  return { ...stored, settings: parseScale(stored) };
}

/** What was parsed last: every shard and every request asks, and a thousand shards' rules are a fifth of a second's work. */
let latest: (StoredText & { readonly file?: ScaleFile; readonly error?: unknown }) | undefined;

/**
 * What `scale.yaml` says; nothing where there is none. A UsageError lists what is wrong with it. The text of the call
 * before is not parsed again.
 */
export function parseScale({ path, text }: StoredText): ScaleFile {
  if (latest?.path !== path || latest.text !== text) {
    try {
      latest = { path, text, file: parseText({ path, text }) };
    } catch (error) {
      latest = { path, text, error };
    }
  }
  if (latest.file) return latest.file;
  throw latest.error;
}

function parseText({ path, text }: StoredText): ScaleFile {
  if (text === undefined || isBare(text)) return {};
  return parseWith(scaleFile, parseYaml(path, text), 'what operators want of scaling is wrong:');
}

/**
 * What changes by `edit`, and what the file says then. Comments stay, and so does all that `edit` leaves alone; what is
 * left empty goes. A UsageError if the file would be wrong.
 */
export function planScale(
  { path, text }: StoredText,
  edit: (document: Document) => void,
): { readonly change: TextChange; readonly settings: ScaleFile } {
  const document = parseDocument(text === undefined || isBare(text) ? `${text ?? heading}{}\n` : text);
  if (isMap(document.contents) && document.contents.items.length === 0) document.contents.flow = false;
  edit(document);
  sweep(document);
  // An empty mapping would be in the way of the next line that a person writes.
  const after = document.toString({ lineWidth: 0 }).replace(/^\{\}\n/m, '');
  return { change: { path, before: text, after }, settings: parseScale({ path, text: after }) };
}

/** Lists and sections with nothing in them go. */
function sweep(document: Document): void {
  if (!isMap(document.contents)) return;
  for (const { key: shard, value: section } of [...document.contents.items]) {
    if (!isMap(section)) continue;
    for (const { key, value } of [...section.items]) {
      if (isSeq(value) && value.items.length === 0) section.delete(key);
    }
    if (section.items.length > 0) continue;
    // What stands above the first section is about the file.
    const above =
      isScalar(shard) && shard === document.contents.items[0]?.key ? shard.commentBefore : undefined;
    if (above) document.commentBefore = [document.commentBefore ?? [], above].flat().join('\n');
    document.contents.delete(shard);
  }
}
