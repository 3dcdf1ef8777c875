import { messageOf } from '../../../common/errors.ts';
import type { Logger } from '../../../common/log.ts';
import type { StoredText, Wishes } from '../../../shards/overlay/wishes.ts';
import type { ShardSpec } from '../../../shards/spec/schema.ts';
import { parseScale, type ScaleFile } from './scale-file.ts';
import type { ScaleRules } from './scale-rules.ts';
import type { ScaleSettings } from './schema.ts';
import { shardRules } from './shard-rules.ts';

/** What applies to each shard's bridges, for whoever looks again and again: texts are parsed when they change. */
export class RulesBook {
  readonly #wishes: Wishes;
  readonly #fleet: ScaleSettings;
  readonly #log: Logger;
  /** What was parsed last; undefined before the first time. */
  #seen: { readonly text: string | undefined } | undefined;
  /** The last good one. */
  #file: ScaleFile | undefined;
  readonly #rules = new Map<string, { readonly bridges: string; readonly rules: ScaleRules }>();

  /** @param fleet `scaling` of the fleet file */
  constructor(wishes: Wishes, fleet: ScaleSettings, log: Logger) {
    this.#wishes = wishes;
    this.#fleet = fleet;
    this.#log = log;
  }

  /**
   * The rules of a shard. While `scale.yaml` is wrong the last good one holds, and the log says what is wrong, once.
   *
   * @throws UsageError while it is wrong and never was good
   */
  async of(spec: Pick<ShardSpec, 'name' | 'bridges'>): Promise<ScaleRules> {
    const file = this.#parse(await this.#wishes.text('scale.yaml'));
    const bridges = `${spec.bridges.min}..${spec.bridges.max}`;
    const known = this.#rules.get(spec.name);
    if (known?.bridges === bridges) return known.rules;
    const rules = shardRules(spec, this.#fleet, file);
    this.#rules.set(spec.name, { bridges, rules });
    return rules;
  }

  #parse(stored: StoredText): ScaleFile {
    if (this.#file && this.#seen?.text === stored.text) return this.#file;
    this.#seen = stored;
    try {
      this.#file = parseScale(stored);
      this.#rules.clear();
    } catch (error) {
      if (!this.#file) throw error;
      this.#log.error({ error: messageOf(error) }, 'scale.yaml is wrong: the last good one holds');
    }
    return this.#file;
  }
}
