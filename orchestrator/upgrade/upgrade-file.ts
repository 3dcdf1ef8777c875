import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { FileChange } from '../../shards/overlay/file-change.ts';
import { parseWith } from '../../shards/overlay/findings.ts';
import { parseYaml } from '../../shards/overlay/yaml-source.ts';
import { mergeInto } from './merge-into.ts';
import { type Upgrade, upgradeFile } from './schema.ts';

const heading = `# The upgrade of this fleet's shards, kept by \`usher shard upgrade\`. Its comments are yours and stay.\n{}\n`;

/** The fleet's upgrade, with the text that it was read from. */
export interface StoredUpgrade {
  readonly upgrade: Upgrade;
  readonly text: string;
}

/** Reads the upgrade of the fleet's folder, if there ever was one; a UsageError says what is wrong with the file. */
export async function readUpgrade(folder: string): Promise<StoredUpgrade | undefined> {
  const file = fileOf(folder);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const source = parseYaml(file, text);
  return { upgrade: parseWith(upgradeFile, source, 'the state of the upgrade is wrong:'), text };
}

/** What changes in the fleet's folder to make `upgrade` its upgrade; `before` is what was read. */
export function planUpgrade(folder: string, before: StoredUpgrade | undefined, upgrade: Upgrade): FileChange {
  const document = parseDocument(before?.text ?? heading);
  mergeInto(document, [], upgrade);
  return { path: fileOf(folder), before: before?.text, after: document.toString({ lineWidth: 0 }) };
}

function fileOf(folder: string): string {
  return join(folder, 'upgrade.yaml');
}
