/** One file of one version, known before it is fetched. */
export interface PinnedFile {
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
}
