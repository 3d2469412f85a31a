/** Why a live object differs from the definition. */
export type DifferenceCause =
  /** The definition changed, or the object does not exist yet. */
  | 'change'
  /** The object was changed outside Headwater since it was published. */
  | 'drift'
  /** Another release of Headwater published it, and derives it differently. */
  | 'release';

/** One difference that a step would remove. */
export interface Difference {
  /** What differs, such as `column price`. */
  readonly what: string;
  readonly was: string | null;
  readonly becomes: string | null;
  readonly cause: DifferenceCause;
}

/** The plan of a step. */
export interface StepPlan {
  /** The step's name, such as `table clickstream`. */
  readonly step: string;
  readonly action: 'none' | 'create' | 'update' | 'delete';
  readonly differences: readonly Difference[];
  /** Ids that must be allowed before the step is taken, besides those of changes. */
  readonly needs: readonly string[];
}

/** One step of publishing. */
export interface PublishStep {
  readonly name: string;
  /** Every id that a plan of the step may need. */
  readonly ids?: readonly string[];
  /** Whether it writes beside the code alone, and nothing on AWS. Defaults to false. */
  readonly isLocal?: boolean;
  /** Compares with what is live. Changes nothing. */
  plan(): Promise<StepPlan>;
  /**
   * Applies the definition to what is live now. Idempotent.
   * @param allowed allowed ids; needs that arose since the plan are refused
   */
  apply(allowed: ReadonlySet<string>): Promise<void>;
}
