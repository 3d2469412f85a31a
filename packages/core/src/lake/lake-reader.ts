/** How a lake's small files are read. Paths are relative to the lake, with forward slashes. */
export interface LakeReader {
  /** The lake's address, for messages. */
  readonly location: string;
  /**
   * Names of the files directly in `folder`; empty when there is no such folder.
   * @param after names up to this one need not be given
   */
  list(folder: string, after?: string): Promise<string[]>;
  readText(path: string): Promise<string>;
}
