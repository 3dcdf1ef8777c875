/** One text as it is and as it shall be; undefined where there is none. */
export interface TextChange {
  /** Where it stands, for people: a file's path, or an object of the cluster. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}
