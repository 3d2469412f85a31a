/** A difference between the lake and its manifests. */
export interface LakeProblem {
  readonly file: string;
  readonly problem: string;
  /** What to do about it, where `problem` does not say. */
  readonly fix?: string;
}
