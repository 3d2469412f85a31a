/** Folders and files that the stack uploads. They are made before the constructs, which cannot wait. */
export interface PlatformAssets {
  /** The folder that has them. */
  readonly folder: string;
}
