import { z } from 'zod';
import type { ProcessDirectory } from '../../shards/local/process/process-directory.ts';

/** A line that a Node process of the fleet logs; other programs' lines are plain. */
const logLine = z.object({
  level: z.int(),
  msg: z.string(),
  process: z.string().optional(),
  error: z.string().optional(),
  lastWords: z.array(z.string()).optional(),
});

export type LogLine = z.infer<typeof logLine>;

/** pino's. */
const levels = { warn: 40, error: 50 };

/** The last lines of a process's log that may say what is wrong with it, for people. */
export function lastWords(processes: ProcessDirectory, name: string, lines = 3): string[] {
  const tail = processes.logTail(name, 50).flatMap((line) => {
    const parsed = parseLine(line);
    if (parsed === undefined) return line;
    return parsed.level >= levels.warn ? describe(parsed) : [];
  });
  return tail.slice(-lines);
}

/** The last error in the log of a Node process of the fleet. */
export function lastError(processes: ProcessDirectory, name: string): LogLine | undefined {
  return processes
    .logTail(name, 50)
    .flatMap((line) => parseLine(line) ?? [])
    .findLast(({ level }) => level >= levels.error);
}

function parseLine(line: string): LogLine | undefined {
  try {
    return logLine.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function describe({ msg, error }: LogLine): string {
  return error === undefined ? msg : `${msg}: ${error}`;
}
