import type { FeedEntry } from '../../haproxy/stick-table/events.ts';
import type { FeedFollower } from '../../haproxy/stick-table/feed.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';

/** The stick table as the feed tells it, and how far along the feed that is. */
export class TableView implements FeedFollower {
  readonly #onReset: (mirror: StickTableMirror) => void;
  #mirror: StickTableMirror | undefined;
  #position: string | undefined;

  /** @param onReset called with the whole table each time it was read anew */
  constructor(onReset: (mirror: StickTableMirror) => void) {
    this.#onReset = onReset;
  }

  /** Undefined until it was read. */
  mirror(): StickTableMirror | undefined {
    return this.#mirror;
  }

  /** The id of the last entry of the feed that it has. */
  position(): string | undefined {
    return this.#position;
  }

  async reset(mirror: StickTableMirror, position: string): Promise<void> {
    this.#mirror = mirror;
    this.#position = position;
    this.#onReset(mirror);
  }

  async advance(entries: readonly FeedEntry[]): Promise<void> {
    // The mirror that was given at the reset is kept in step by the feed itself.
    this.#position = entries.at(-1)?.id ?? this.#position;
  }
}
