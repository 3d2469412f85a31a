/** Reads a lake's small files. Paths are relative to the lake, with forward slashes. */
export interface LakeReader {
  /** The lake's address, for messages. */
  readonly location: string;
  /**
   * Names of the files directly in `folder`. Empty when the folder does not exist.
   * @param after names up to and including this one may be omitted
   */
  list(folder: string, after?: string): Promise<string[]>;
  readText(path: string): Promise<string>;
}
