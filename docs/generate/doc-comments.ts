import { readFileSync } from 'node:fs';

/**
 * The doc comments of a schema file, by the dotted name of what they stand before: `proxyLimits.threads`. By
 * indentation, which the formatter keeps: enough for object literals, one key a line.
 */
export function readDocComments(file: URL): Map<string, string> {
  const comments = new Map<string, string>();
  const open: { indent: number; name: string }[] = [];
  let comment: string[] | undefined;
  let pending: string | undefined;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const text = line.trim();
    if (text.startsWith('/**')) comment = [];
    if (comment) {
      comment.push(text.replace(/^\/?\*+\/?\s?|\s*\*\/$/g, ''));
      if (!text.endsWith('*/')) continue;
      pending = comment.join(' ').trim();
      comment = undefined;
      continue;
    }
    // A comment with a blank line after it is about the file.
    if (text === '') pending = undefined;
    const [, indent = '', name] = /^( *)(?:export )?(?:const )?(\w+)(?: =|:)/.exec(line) ?? [];
    if (name === undefined) continue;
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent.length) open.pop();
    open.push({ indent: indent.length, name });
    if (pending) comments.set(open.map((one) => one.name).join('.'), pending);
    pending = undefined;
  }
  return comments;
}
