import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const imports = /from '(\.{1,2}\/[^']+)'/g;

/** A digest of files and of all that they import of ours: it changes when what they do may have changed. */
export async function codeDigest(...entries: readonly URL[]): Promise<string> {
  const texts = new Map<string, string>();
  const waiting = [...entries];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (texts.has(url.href)) continue;
    const text = await readFile(url, 'utf8');
    texts.set(url.href, text);
    for (const [, path] of text.matchAll(imports)) if (path) waiting.push(new URL(path, url));
  }
  const hash = createHash('sha256');
  for (const href of [...texts.keys()].toSorted()) hash.update(texts.get(href) ?? '').update('\0');
  return hash.digest('hex');
}
