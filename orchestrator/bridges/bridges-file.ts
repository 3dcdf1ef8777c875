import { z } from 'zod';
import { editFlat, readFlat } from '../../shards/overlay/flat-file.ts';
import type { TextChange } from '../../shards/overlay/text-change.ts';
import type { StoredText, Wishes } from '../../shards/overlay/wishes.ts';

/**
 * What its operator wants of a bridge. `drained`: no new conference, and it stays. `removed`: the same, and it goes
 * when it is empty. `cut`: it goes at once, with the meetings on it. `open`: a drain is taken back, and then it is
 * the orchestrator's again.
 */
export const bridgeWord = z.enum(['drained', 'removed', 'cut', 'open']);

export type BridgeWord = z.infer<typeof bridgeWord>;

/** `bridges.yaml`: `shard/bridge` -> its operator's word. */
const bridgesFile = z.record(z.string(), bridgeWord).superRefine((words, context) => {
  for (const key of Object.keys(words).filter((name) => !/^[^/]+\/[^/]+$/.test(name))) {
    const message = 'expected a shard and its bridge, as in eu-1/eu-1-bridge-2';
    context.addIssue({ code: 'custom', path: [key], message });
  }
});

const preface =
  '# Bridges of which operators want something. `usher bridge` writes here; what is done is taken out again.\n';

/** What operators want of the bridges of `shard`, by bridge. A UsageError lists what is wrong with the file. */
export async function readBridgeWords(wishes: Wishes, shard: string): Promise<Map<string, BridgeWord>> {
  const words = Object.entries(parse(await wishes.text('bridges.yaml')));
  const own = words.filter(([key]) => key.startsWith(`${shard}/`));
  return new Map(own.map(([key, word]) => [key.slice(shard.length + 1), word]));
}

/** What changes to say `word` of these bridges, or nothing when it is undefined; empty if it is so already. */
export async function planBridgeWord(
  wishes: Wishes,
  shard: string,
  bridges: Iterable<string>,
  word: BridgeWord | undefined,
): Promise<TextChange[]> {
  const stored = await wishes.text('bridges.yaml');
  const before = parse(stored);
  const due = [...bridges].map((bridge) => `${shard}/${bridge}`).filter((key) => before[key] !== word);
  if (due.length === 0) return [];
  const { path } = stored;
  const edit = (text: string | undefined, key: string) => editFlat({ path, text }, key, word, preface);
  return [{ path, before: stored.text, after: due.reduce(edit, stored.text) ?? '' }];
}

function parse(stored: StoredText): Record<string, BridgeWord> {
  return readFlat(stored, bridgesFile, 'what operators want of bridges is wrong:');
}
