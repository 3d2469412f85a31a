/** A file to download, with its expected hash and size. */
export interface PinnedFile {
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
}
