import { parseDocument } from 'yaml';
import { parseWith } from '../../shards/overlay/findings.ts';
import type { TextChange } from '../../shards/overlay/text-change.ts';
import type { Wishes } from '../../shards/overlay/wishes.ts';
import { parseYaml } from '../../shards/overlay/yaml-source.ts';
import { mergeInto } from './merge-into.ts';
import { type Upgrade, upgradeFile } from './schema.ts';

const heading = `# The upgrade of this fleet's shards, kept by \`usher shard upgrade\`. Its comments are yours and stay.\n{}\n`;

/** The fleet's upgrade, with the text that it was read from. */
export interface StoredUpgrade {
  /** Undefined: there never was one. */
  readonly upgrade: Upgrade | undefined;
  readonly path: string;
  readonly text: string | undefined;
}

/** Reads the fleet's upgrade; a UsageError says what is wrong with the file. */
export async function readUpgrade(wishes: Wishes): Promise<StoredUpgrade> {
  const { path, text } = await wishes.text('upgrade.yaml');
  if (text === undefined) return { upgrade: undefined, path, text };
  const source = parseYaml(path, text);
  return { upgrade: parseWith(upgradeFile, source, 'the state of the upgrade is wrong:'), path, text };
}

/** What changes to make `upgrade` the fleet's upgrade; `before` is what was read. */
export function planUpgrade({ path, text }: StoredUpgrade, upgrade: Upgrade): TextChange {
  const document = parseDocument(text ?? heading);
  mergeInto(document, [], upgrade);
  return { path, before: text, after: document.toString({ lineWidth: 0 }) };
}
