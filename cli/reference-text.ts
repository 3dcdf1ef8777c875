import type { Command } from 'commander';

const preface = `# The commands of usher

Written by \`node cli/reference.ts\` from the program itself; change it there.

Exit codes of every command: 0 done, 1 failure, 2 wrong usage or a wrong file, 64 nothing to change.
Results go to stdout, everything else to stderr. \`--json\` makes the result one JSON document, in the
words of [the API](api.md).
`;

/** The reference of all visible commands, in Markdown. */
export function referenceText(program: Command): string {
  const all = runnable(program).map(describe);
  return [preface, '## Flags of every command\n', optionList(program), ...all].join('\n');
}

/** All visible commands below `parent` that do something by themselves. */
export function runnable(parent: Command): Command[] {
  const help = parent.createHelp();
  // The `help` command that commander adds is no command of ours.
  const children = help.visibleCommands(parent).filter((one) => parent.commands.includes(one));
  return children.flatMap((one) => [...(isGroup(one) ? [] : [one]), ...runnable(one)]);
}

/** `usher shard` only leads to others; `usher shard upgrade`, which takes flags, has others below it. */
function isGroup(command: Command): boolean {
  return command.commands.length > 0 && command.options.length === 0;
}

function describe(command: Command): string {
  const help = command.createHelp();
  const parts = [`## ${pathOf(command)}\n`, `${capital(command.description())}.\n`];
  parts.push(`    ${help.commandUsage(command)}\n`);
  const args = help
    .visibleArguments(command)
    .map((one) => `- \`${one.name()}\`: ${help.argumentDescription(one)}`);
  if (args.length > 0) parts.push(`${args.join('\n')}\n`);
  const options = optionList(command);
  if (options) parts.push(options);
  return parts.join('\n');
}

function optionList(command: Command): string {
  const help = command.createHelp();
  const options = help.visibleOptions(command).filter((one) => one.attributeName() !== 'help');
  return options.map((one) => `- \`${one.flags}\`: ${help.optionDescription(one)}\n`).join('');
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
