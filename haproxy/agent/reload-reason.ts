/**
 * Why HAProxy must be reloaded to follow its configuration from `running` to `wanted`; undefined when it need not be.
 * Servers come and go at runtime, so the lines that name them are no reason.
 */
export function reloadReason(running: string, wanted: string): string | undefined {
  const before = significantLines(running);
  const after = significantLines(wanted);
  const gone = before.filter((line) => !after.includes(line)).map((line) => `- ${line}`);
  const come = after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`);
  const changed = [...gone, ...come];
  if (changed.length > 0) return `configuration changed: ${changed.slice(0, 4).join('; ')}`;
  return before.join('\n') === after.join('\n') ? undefined : 'configuration changed: order of its lines';
}

function significantLines(configuration: string): string[] {
  return configuration
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !/^server \S+\.\d+ /.test(line));
}
