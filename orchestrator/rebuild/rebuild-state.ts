/** How a rebuild of the table goes; shared by its loop and the API. */
export interface RebuildState {
  /** What it waits for or does; undefined while the table is whole. */
  reason: string | undefined;
  /** An operator said to go on without whoever does not answer: their rooms may split. Once. */
  forced: boolean;
}
