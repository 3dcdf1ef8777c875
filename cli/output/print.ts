import type { Context } from '../context.ts';

/** Prints a command's result: for programs as one JSON document, for people as `text` has it. */
export function print(context: Pick<Context, 'json' | 'stdout'>, value: unknown, text: () => string): void {
  context.stdout.write(context.json ? `${JSON.stringify(value, undefined, 2)}\n` : text());
}
