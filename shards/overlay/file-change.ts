/** One file as it is and as it shall be; undefined where there is no such file. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}
