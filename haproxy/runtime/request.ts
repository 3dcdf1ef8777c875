/** One CLI command as its words, unescaped: `['get', 'map', '/run/rooms.map', 'a/b']`. */
export type Command = readonly string[];

/** Printable ASCII with the space: everything else can end or split a command. */
const printable = /^[ -~]+$/;

/**
 * What goes over the socket for some commands (joined by `;`) and the payload of the last of them.
 * Throws a RangeError when a word or a line cannot be carried safely or the whole exceeds `maxBytes`:
 * HAProxy 2.6 drops a payload above tune.bufsize without a word and dies on one that fills it exactly.
 */
export function renderRequest(
  commands: readonly Command[],
  payload: readonly string[],
  maxBytes: number,
): string {
  const line = commands.map((words) => words.map(escapeWord).join(' ')).join(';');
  if (line === '') throw new RangeError('there is no command');
  const text = payload.length === 0 ? `${line}\n` : `${line} <<\n${payload.map(checkLine).join('\n')}\n\n`;
  if (text.length > maxBytes) {
    throw new RangeError(`${text.length} bytes do not fit the ${maxBytes} that HAProxy's buffer bears`);
  }
  return text;
}

/**
 * Quotes do not quote on the CLI: backslash, `;` and space are escaped one by one, whatever else is not
 * printable ASCII is refused, and so is `<<`, which would make HAProxy wait for a payload.
 */
export function escapeWord(word: string): string {
  if (!printable.test(word) || word.startsWith('<<')) {
    throw new RangeError(
      `the word ${JSON.stringify(word)} is not printable ASCII text that the CLI can carry`,
    );
  }
  return word.replaceAll(/[\\; ]/g, '\\$&');
}

/** An empty line would end the payload, and HAProxy would take what follows for commands. */
function checkLine(line: string): string {
  if (!printable.test(line)) {
    throw new RangeError(`the payload line ${JSON.stringify(line)} is not printable ASCII text`);
  }
  return line;
}

/**
 * Groups `items` so that each group's texts, with one separator after each, stay within `maxBytes`
 * (ASCII: one byte a character). An item larger than that stands alone, for `renderRequest` to refuse.
 */
export function* groupsWithin<T>(
  items: Iterable<T>,
  textLength: (item: T) => number,
  maxBytes: number,
): Generator<T[]> {
  let group: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const length = textLength(item) + 1;
    if (group.length > 0 && bytes + length > maxBytes) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(item);
    bytes += length;
  }
  if (group.length > 0) yield group;
}
