import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const processRecord = z.object({
  name: z.string(),
  pid: z.int().positive(),
  /** As `processIdentity` gives it: a record whose pid has passed to a stranger no longer fits. */
  identity: z.string(),
  command: z.string(),
  args: z.array(z.string()),
  /** Milliseconds since the epoch. */
  startedAt: z.number(),
});

/** What `run/<name>.json` says of a process that was started. */
export type ProcessRecord = z.infer<typeof processRecord>;

/** The record at `file`; undefined when there is none or it is unreadable (cut short, edited). */
export function readRecord(file: string): ProcessRecord | undefined {
  try {
    return processRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Writes the record whole or not at all. */
export function writeRecord(file: string, record: ProcessRecord): void {
  const temporary = `${file}.new`;
  writeFileSync(temporary, `${JSON.stringify(record, undefined, 2)}\n`);
  renameSync(temporary, file);
}

/** Removes the record; nothing happens when there is none. */
export function removeRecord(file: string): void {
  rmSync(file, { force: true });
}

/** All readable records of a folder, by name. */
export function listRecords(folder: string): ProcessRecord[] {
  return readdirSync(folder)
    .filter((entry) => entry.endsWith('.json'))
    .sort()
    .flatMap((entry) => readRecord(join(folder, entry)) ?? []);
}
