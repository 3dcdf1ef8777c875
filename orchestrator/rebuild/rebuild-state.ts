/** How a rebuild of the table goes; shared by its loop and the API. */
export interface RebuildState {
  /** What it waits for or does; undefined while the table is whole. */
  reason: string | undefined;
  /** Who does not answer, as in `proxy proxy-2`, and why. */
  missing: ReadonlyMap<string, string>;
  /** An operator said to go on without them: rooms that only they know of may be seated twice. Once. */
  forced: boolean;
}
